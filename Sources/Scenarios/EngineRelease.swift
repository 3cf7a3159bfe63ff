internal import Diagnostics

/// A release of an engine by its numbers: `0.11`, `0.11.2`. Later ones are greater.
package struct EngineRelease: Comparable, Sendable {
  package let numbers: [Int]

  init(numbers: [Int]) { self.numbers = numbers }

  /// Nil where the text does not begin with a number: `v0.11.0rc1` is 0.11.0, `latest` is none.
  package init?(_ text: some StringProtocol) {
    let digits = text.drop { $0 == "v" || $0 == "~" }.prefix { $0.isNumber || $0 == "." }
    let parts = digits.split(separator: ".").prefix(3).map { Int($0) }
    guard let first = parts.first, first != nil else { return nil }
    numbers = parts.compactMap { $0 }
  }

  init?(_ node: ConfigNode) {
    self.init(node.string())
    if node.string() != text {
      node.report(
        "engine-release", "`\(node.path)` must be a release: \(node.string())",
        notes: ["as `0.11` or `1.2.0`, in quotes"])
    }
  }

  package var text: String { numbers.map(String.init).joined(separator: ".") }

  package static func < (one: Self, other: Self) -> Bool {
    for index in 0..<max(one.numbers.count, other.numbers.count) {
      let (left, right) = (one.number(index), other.number(index))
      if left != right { return left < right }
    }
    return false
  }

  package static func == (one: Self, other: Self) -> Bool { !(one < other) && !(other < one) }

  private func number(_ index: Int) -> Int { index < numbers.count ? numbers[index] : 0 }
}
