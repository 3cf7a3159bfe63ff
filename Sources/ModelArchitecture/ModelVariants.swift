internal import BuiltInFiles
internal import Diagnostics

/// Names of models that share the shape of one in the catalogue: later training and chat tuning
/// change what a model says and not what it costs.
enum ModelVariants {
  struct Variant: Equatable {
    /// `organisation/model`, as published.
    var name: String
    /// The model of the catalogue whose shape it has.
    var original: String
    /// Where its longest context is another.
    var context: Int?
  }

  static let path = "Sources/BuiltInFiles/ModelCatalogue/variants.yaml"

  static let all: [Variant] = {
    let source = ConfigSource(file: path, kind: "variants")
    do {
      guard let text = BuiltInFiles.text(at: path) else { return [] }
      let root = try source.parse(text).mapping()
      let variants = root.entries().map { name, node in
        let entry = node.mapping()
        return Variant(
          name: name, original: entry.required("of")?.string() ?? "",
          context: entry.optional("context")?.integer(in: 1...Limit.tokens.rawValue))
      }
      try source.check()
      return variants
    } catch {
      preconditionFailure("the table of variants is broken: \(error)")
    }
  }()

  /// By the whole name or its last part, in any case.
  static func named(_ name: String) -> Variant? {
    let lowered = name.lowercased()
    return all.first {
      $0.name.lowercased() == lowered || ModelCatalogue.bareName($0.name).lowercased() == lowered
    }
  }
}
