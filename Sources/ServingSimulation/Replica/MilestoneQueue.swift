internal import BasicContainers

/// Milestones, earliest first: a binary heap.
///
/// Removing one lets a hole sink to the bottom and the last element rise into it, which takes half
/// the comparisons of sifting that element down: it belongs near the bottom anyway.
struct MilestoneQueue: ~Copyable {
  private var heap = UniqueArray<Milestone>()

  /// The step of the earliest one; `.max` when there is none.
  @inline(__always)
  var nextStep: Int64 { heap.isEmpty ? .max : heap[0].step }

  /// The earliest one.
  ///
  /// - Precondition: there is one.
  @inline(__always)
  var first: Milestone { heap[0] }

  @inline(__always)
  mutating func insert(_ milestone: Milestone) {
    heap.append(milestone)
    rise(milestone, from: heap.count - 1)
  }

  /// - Precondition: there is one.
  mutating func removeFirst() {
    let last = heap.removeLast()
    let count = heap.count
    guard count > 0 else { return }
    var hole = 0
    var child = 1
    while child < count {
      if child + 1 < count, heap[child + 1] < heap[child] { child += 1 }
      heap[hole] = heap[child]
      hole = child
      child = 2 * hole + 1
    }
    rise(last, from: hole)
  }

  /// Puts a milestone into a hole, or above it where it belongs.
  @inline(__always)
  private mutating func rise(_ milestone: Milestone, from position: Int) {
    var hole = position
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard milestone < heap[parent] else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = milestone
  }
}
