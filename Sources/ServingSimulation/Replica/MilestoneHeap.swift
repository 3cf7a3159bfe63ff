internal import BasicContainers

/// Milestones by the decode step at which they are due, those of one step in their order.
///
/// Each place has four children that lie side by side: half as many levels as with two. The heap
/// of the library finds the last element as fast as the first, which nobody asks for here, and its
/// removals took a tenth of what a run at full load takes.
struct MilestoneHeap: ~Copyable {
  private var places = UniqueArray<Milestone>()

  var min: Milestone? {
    @inline(__always)
    mutating get { places.isEmpty ? nil : places[0] }
  }

  mutating func insert(_ milestone: Milestone) {
    places.append(milestone)
    var place = places.count - 1
    while place > 0 {
      let parent = (place - 1) / 4
      guard milestone < places[parent] else { break }
      places[place] = places[parent]
      place = parent
    }
    places[place] = milestone
  }

  mutating func removeMin() {
    let last = places.removeLast()
    let count = places.count
    guard count > 0 else { return }
    var place = 0
    while true {
      let first = 4 * place + 1
      guard first < count else { break }
      var least = first
      for child in first + 1..<max(first + 1, Swift.min(first + 4, count))
      where places[child] < places[least] {
        least = child
      }
      guard places[least] < last else { break }
      places[place] = places[least]
      place = least
    }
    places[place] = last
  }
}
