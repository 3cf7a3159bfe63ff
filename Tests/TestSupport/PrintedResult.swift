internal import Foundation

/// A result as another program reads it, by the keys of its JSON:
///
///     let result = try outcome.result
///     #expect(result.results.ttft_ms.p99.number == 34.7)
///
/// What is not there has nothing in it.
@dynamicMemberLookup
package struct PrintedResult {
  private let value: Any?

  package init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  private init(value: Any?) { self.value = value is NSNull ? nil : value }

  package subscript(dynamicMember key: String) -> PrintedResult { self[key] }
  package subscript(_ key: String) -> PrintedResult {
    PrintedResult(value: (value as? [String: Any])?[key])
  }
  package subscript(_ index: Int) -> PrintedResult {
    let list = list
    return list.indices.contains(index) ? list[index] : PrintedResult(value: nil)
  }

  package var isPresent: Bool { value != nil }
  package var number: Double? { (value as? NSNumber)?.doubleValue }
  package var whole: Int? { number.flatMap { Int(exactly: $0) } }
  package var text: String? { value as? String }
  package var flag: Bool? { value as? Bool }
  package var list: [PrintedResult] {
    (value as? [Any] ?? []).map { PrintedResult(value: $0) }
  }
  package var texts: [String] { list.compactMap(\.text) }
  package var keys: [String] { (value as? [String: Any] ?? [:]).keys.sorted() }
}

extension Tool.Outcome {
  /// The document that was printed.
  package var result: PrintedResult { get throws { try PrintedResult(output) } }
}
