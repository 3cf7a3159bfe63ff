import EventKernel
import Statistics
import Testing

struct EventQueueTests {
  @Test func eventsComeInOrderOfTimeThenScheduling() {
    var random = RandomStream(seed: 4, name: "events")
    var queue = EventQueue<Int>()
    var expected: [(time: Int, number: Int)] = []
    for number in 0..<2000 {
      let time = random.integer(in: 0...50)
      queue.push(number, nanoseconds: Int64(time))
      expected.append((time, number))
    }
    expected.sort { ($0.time, $0.number) < ($1.time, $1.number) }
    #expect(queue.count == 2000)
    for event in expected {
      let next = queue.pop()
      #expect(next?.nanoseconds == Int64(event.time))
      #expect(next?.payload == event.number)
    }
    #expect(queue.isEmpty)
    #expect(queue.pop() == nil)
  }
}
