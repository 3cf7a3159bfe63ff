internal import BasicContainers

/// The milestones of a replica's sequences, earliest first.
///
/// A binary heap of one end. The first milestone is taken out once for each finished request, and a
/// heap of two ends, as the library has, takes three times as long to do it.
struct MilestoneHeap: ~Copyable {
  private var items = UniqueArray<Milestone>()

  @inline(__always)
  var min: Milestone? { items.isEmpty ? nil : items[0] }

  @inline(__always)
  mutating func insert(_ item: Milestone) {
    items.append(item)
    rise(item, from: items.count - 1)
  }

  /// - Precondition: there is one.
  mutating func removeMin() {
    let last = items.removeLast()
    let count = items.count
    guard count > 0 else { return }
    // The gap goes down to a leaf, always to the earlier child, and the last one up from there: it
    // was a leaf itself, so it seldom rises far.
    var gap = 0
    var child = 1
    while child < count {
      if child + 1 < count, items[child + 1] < items[child] { child += 1 }
      items[gap] = items[child]
      gap = child
      child = 2 * gap + 1
    }
    rise(last, from: gap)
  }

  @inline(__always)
  private mutating func rise(_ item: Milestone, from place: Int) {
    var place = place
    while place > 0 {
      let parent = (place - 1) / 2
      guard item < items[parent] else { break }
      items[place] = items[parent]
      place = parent
    }
    items[place] = item
  }
}
