package import ServingSimulation

/// In what two runs differ that should be the same: fast-forward and step by step, with and without
/// a timeline.
///
///     #expect(SummaryDifferences.between(fast, slow) == [])
///
/// What is compared is every stored value of a `RunSummary`, as reflection finds it: one that is
/// added is held to it by itself. Sums of floating point may differ in their last digits, as they
/// are added up in another order; all else is exact.
package enum SummaryDifferences {
  /// What may differ: how many decisions the simulator made, and what is kept only when asked for.
  private static let unlike: Set = ["runs", "timeline", "history", "keepsRecords"]

  private static let tolerance = 1e-9

  package static func between(_ one: RunSummary, _ other: RunSummary) -> [String] {
    // Parts of the busy time may cancel to nothing beside it.
    let scale = max(one.busySeconds, other.busySeconds)
    var found: [String] = []
    compare(one, other, at: [], scale, &found)
    return found
  }

  private static func compare(
    _ one: Any, _ other: Any, at path: [String], _ scale: Double, _ found: inout [String]
  ) {
    if let one = one as? Double, let other = other as? Double {
      let unit = path.last?.hasSuffix("Femtoseconds") == true ? 1e15 : 1
      let size = max(abs(one), abs(other), scale * unit)
      guard abs(one - other) <= tolerance * size else {
        return found.append("\(name(path)): \(one) != \(other)")
      }
      return
    }
    // Whole, where nothing in it is a sum of floating point that may be off by a digit.
    if let value = one as? any Equatable, isEqual(value, other) { return }
    let (left, right) = (Mirror(reflecting: one).children, Mirror(reflecting: other).children)
    guard !left.isEmpty, left.count == right.count else {
      let (one, other) = (shown(one), shown(other))
      if one != other { found.append("\(name(path)): \(one) != \(other)") }
      return
    }
    for (position, pair) in zip(left, right).enumerated() {
      let label = pair.0.label ?? String(position)
      guard !unlike.contains(label) else { continue }
      compare(pair.0.value, pair.1.value, at: path + [label], scale, &found)
    }
  }

  private static func isEqual<Value: Equatable>(_ one: Value, _ other: Any) -> Bool {
    (other as? Value) == one
  }

  private static func name(_ path: [String]) -> String { path.joined(separator: ".") }

  /// Whole lists are too long to print.
  private static func shown(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    return mirror.displayStyle == .collection ? "\(mirror.children.count) values" : "\(value)"
  }
}
