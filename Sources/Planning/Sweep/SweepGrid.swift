package import Diagnostics

/// Every combination of the values of some axes. The last axis changes fastest.
package struct SweepGrid: Equatable, Sendable {
  package static let mostCases = 1_000_000

  package let axes: [SweepAxis]
  package let count: Int

  package init(_ axes: [SweepAxis]) throws(InvalidInput) {
    var seen: Set<String> = []
    for axis in axes where !seen.insert(axis.name).inserted {
      throw InvalidInput(
        Diagnostic(
          code: "sweep/axis", "two axes vary the same: \(axis.name)",
          hint: "list all values of `\(axis.name)` in one option"))
    }
    var count = 1
    for axis in axes {
      count = count.multipliedReportingOverflow(by: axis.values.count).partialValue
      guard count <= Self.mostCases, count > 0 else {
        let sizes = axes.map { "\($0.values.count) of \($0.name)" }.joined(separator: ", ")
        throw InvalidInput(
          Diagnostic(
            code: "sweep/cases", "a sweep has at most 1,000,000 cases", notes: [sizes],
            hint: "list fewer values"))
      }
    }
    self.axes = axes
    self.count = count
  }

  /// Positions of the values that a case has, one on each axis.
  package func positions(of index: Int) -> [Int] {
    var rest = index
    var positions = [Int](repeating: 0, count: axes.count)
    for axis in axes.indices.reversed() {
      positions[axis] = rest % axes[axis].values.count
      rest /= axes[axis].values.count
    }
    return positions
  }

  package func values(of index: Int) -> [SweepAxis.Value] {
    zip(axes, positions(of: index)).map { $0.values[$1] }
  }

  /// What is typed after `--set` to simulate a case alone.
  package func settings(of index: Int) -> [String] { values(of: index).flatMap(\.settings) }
}

/// A part of a sweep that one machine does: every n-th case, so that shards take equally long.
package struct SweepShard: Codable, Hashable, Sendable {
  /// Position of the shard, counted from 0, as Slurm's and Kubernetes' indices are.
  package var index: Int
  package var count: Int

  package init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  package static let whole = SweepShard(index: 0, count: 1)

  /// `0/8` is the first of eight; nil for what is no shard.
  package init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      count >= 1, count <= SweepGrid.mostCases, (0..<count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }

  package func contains(_ index: Int) -> Bool { index % count == self.index }
}
