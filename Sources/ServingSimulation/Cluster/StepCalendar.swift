internal import BasicContainers

/// When each replica's run ends: a tournament over a fixed number of times.
///
/// A time may be set earlier or later at will, which leaves no outdated event behind. With one
/// replica it is one number. Ties go to the lower index.
struct StepCalendar: ~Copyable {
  /// A complete binary tree: leaf i is `size + i`; every inner node holds the index of the earlier.
  private var times: UniqueArray<Int64>
  private var winners: UniqueArray<Int32>
  private let size: Int

  init(count: Int) {
    var leaves = 1
    while leaves < count { leaves *= 2 }
    size = leaves
    times = UniqueArray(repeating: .max, count: leaves)
    winners = UniqueArray(repeating: 0, count: leaves)
    for node in stride(from: leaves - 1, to: 0, by: -1) {
      winners[node] = winner(left: node * 2, right: node * 2 + 1)
    }
  }

  /// The earliest time, `.max` when all rest, and whose it is.
  @inline(__always)
  var earliest: Int64 { times[first] }

  @inline(__always)
  var first: Int { size == 1 ? 0 : Int(winners[1]) }

  @inline(__always)
  func time(of index: Int) -> Int64 { times[index] }

  @inline(__always)
  mutating func set(_ index: Int, nanoseconds: Int64) {
    times[index] = nanoseconds
    var node = (size + index) / 2
    while node > 0 {
      winners[node] = winner(left: node * 2, right: node * 2 + 1)
      node /= 2
    }
  }

  private func winner(left: Int, right: Int) -> Int32 {
    let a = left >= size ? Int32(left - size) : winners[left]
    let b = right >= size ? Int32(right - size) : winners[right]
    return times[Int(b)] < times[Int(a)] ? b : a
  }
}
