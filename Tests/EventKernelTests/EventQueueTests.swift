import EventKernel
import Statistics
import Testing

struct EventQueueTests {
  @Test func eventsComeInOrderOfTimeThenPriorityThenScheduling() {
    var random = RandomStream(seed: 4, name: "events")
    var queue = EventQueue<Int>()
    var expected: [(time: Int, priority: UInt8, number: Int)] = []
    for number in 0..<2000 {
      let time = random.integer(in: 0...50)
      let priority: EventPriority = random.uniform() < 0.5 ? .arrival : .stepEnd
      queue.push(number, nanoseconds: Int64(time), priority: priority.rawValue)
      expected.append((time, priority.rawValue, number))
    }
    expected.sort { ($0.time, $0.priority, $0.number) < ($1.time, $1.priority, $1.number) }
    #expect(queue.count == 2000)
    for event in expected {
      let next = queue.pop()
      #expect(next?.nanoseconds == Int64(event.time))
      #expect(next?.payload == event.number)
    }
    #expect(queue.isEmpty)
    #expect(queue.pop() == nil)
  }

  @Test func arrivalsComeBeforeTheEndOfAStepAtTheSameTime() {
    var queue = EventQueue<String>()
    queue.push("step", nanoseconds: 0, priority: EventPriority.stepEnd.rawValue)
    queue.push("first", nanoseconds: 0, priority: EventPriority.arrival.rawValue)
    queue.push("second", nanoseconds: 0, priority: EventPriority.arrival.rawValue)
    #expect((0..<3).map { _ in queue.pop()!.payload } == ["first", "second", "step"])
  }
}
