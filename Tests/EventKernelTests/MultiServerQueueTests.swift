import EventKernel
import Statistics
import TestSupport
import Testing

/// Four servers in front of one queue, on the event queue alone.
struct MultiServerQueueTests {
  private enum Event { case arrival, departure }

  /// Waiting times of an M/M/c queue in mean services.
  private func waits(servers: Int, load: Double, count: Int) -> [Double] {
    var arrivals = RandomStream(seed: 12, name: "arrivals")
    var services = RandomStream(seed: 12, name: "services")
    var queue = EventQueue<Event>()
    var waiting: [Int64] = []
    var head = 0
    var busy = 0
    var waits: [Double] = []
    let unit = 1e6
    func duration(_ mean: Double, _ random: inout RandomStream) -> Int64 {
      Int64(random.exponential() * mean * unit)
    }
    queue.push(.arrival, nanoseconds: 0)
    while let (now, event) = queue.pop(), waits.count < count {
      switch event {
      case .arrival:
        waiting.append(now)
        let gap = duration(1 / (load * Double(servers)), &arrivals)
        queue.push(.arrival, nanoseconds: now + gap)
      case .departure: busy -= 1
      }
      while busy < servers, head < waiting.count {
        busy += 1
        waits.append(Double(now - waiting[head]) / unit)
        head += 1
        queue.push(.departure, nanoseconds: now + duration(1, &services))
      }
    }
    return waits
  }

  /// Erlang C: the share that waits, and from it Wq = C / (c (1 - rho)) in mean services.
  private func expectedWait(servers: Int, load: Double) -> Double {
    let offered = load * Double(servers)
    var term = 1.0
    var sum = 1.0
    for number in 1..<servers {
      term *= offered / Double(number)
      sum += term
    }
    let last = term * offered / Double(servers) / (1 - load)
    return last / (sum + last) / (Double(servers) * (1 - load))
  }

  @Test(arguments: [0.5, 0.8])
  func fourServersWaitAsErlangSays(_ load: Double) {
    let found = BatchMeans(waits(servers: 4, load: load, count: 100_000))
    #expect(found.agrees(with: expectedWait(servers: 4, load: load)), "\(found)")
    // The canary: one server of four times the speed waits longer.
    #expect(!found.agrees(with: load / (1 - load) / 4), "\(found)")
  }

  @Test func erlangCWorkedExample() {
    // c = 4, rho = 0.8: C = 0.5964, Wq = 0.7455.
    #expect(abs(expectedWait(servers: 4, load: 0.8) - 0.7455) < 0.0001)
    #expect(abs(expectedWait(servers: 1, load: 0.8) - 4) < 1e-12)
  }
}
