internal import Diagnostics
internal import Hardware
internal import Projections
internal import Scenarios

/// The schemas of the files that people write.
enum FileSchema {
  private struct Kind: Sendable {
    let name: String
    /// Names of other files that such a file may name.
    let names: [String]
    let read: @Sendable (_ text: String, _ file: String) throws -> Void
  }

  private static let kinds: [Kind] = [
    Kind(name: "scenario", names: []) { _ = try ScenarioCatalogue.read(text: $0, file: $1) },
    Kind(name: "hardware", names: ["h100-sxm"]) {
      _ = try HardwareProfile.read(text: $0, file: $1)
    },
    Kind(name: "engine", names: ["vllm"]) { _ = try EngineCatalogue.read(text: $0, file: $1) },
    Kind(name: "prices", names: ["h100-sxm"]) { _ = try PriceBook.read(text: $0, file: $1) },
    Kind(name: "projection", names: ["Llama-3.1-8B", "h100-sxm"]) {
      _ = try ProjectionCatalogue.read(text: $0, file: $1)
    },
  ]

  static var names: [String] { kinds.map(\.name) }

  static func named(_ name: String) throws -> JSONSchema {
    guard let kind = kinds.first(where: { $0.name == name }) else {
      throw InvalidInput(
        Diagnostic(
          code: "schema/unknown", "no kind of file that has a schema: \(name)",
          notes: ["known: " + names.joined(separator: ", ")],
          hint: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" }))
    }
    return JSONSchema(title: name, id: "windtunnel/\(name)/1", names: kind.names) { text in
      // What is wrong with a file that is tried is no matter.
      try? kind.read(text, JSONSchema.probedFile)
    }
  }
}
