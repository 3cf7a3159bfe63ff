internal import Statistics

/// Requests drawn from the clients of a ServeGen folder, in the order of their times.
///
/// The gaps of a client are drawn from the distribution of the window that they begin in, with mean
/// 1, and counted in requests that come in the mean: a gap that outlasts its window goes on in the
/// next one, at that one's rate. So a client has as many requests in the mean as its rates say,
/// however bursty it is; with gaps that begin anew in every window a bursty client would have more.
///
/// Lengths of prompt and answer are drawn apart: the folder has no word on how they go together.
final class ServeGenRows {
  private let clients: ServeGenClients
  private var next: [Double]
  private var processes: [Process]

  private struct Process {
    var gaps: RandomStream
    var lengths: RandomStream
    var clock = 0.0
    var window = 0
  }

  init(_ clients: ServeGenClients, seed: UInt64) {
    self.clients = clients
    processes = clients.clients.map { client in
      Process(
        gaps: RandomStream(seed: seed, name: "gaps of clients", key: (client.number, 0)),
        lengths: RandomStream(seed: seed, name: "lengths of clients", key: (client.number, 0)))
    }
    next = [Double](repeating: .infinity, count: processes.count)
    for index in processes.indices { advance(index) }
  }

  func next(_ row: inout TraceRow) -> Bool {
    var first = 0
    var time = Double.infinity
    for index in next.indices where next[index] < time {
      (first, time) = (index, next[index])
    }
    guard time < .infinity else { return false }
    row.clear()
    let lengths = table(first, at: time)
    row.nanoseconds = Int64((time * 1e9).rounded())
    row.inputTokens = lengths.drawInput(&processes[first].lengths)
    row.outputTokens = lengths.output.draw(&processes[first].lengths)
    advance(first)
    return true
  }

  /// The newest lengths of a client, or the first ones to come.
  private func table(_ index: Int, at time: Double) -> ServeGenLengths {
    let tables = clients.clients[index].tables
    return tables.last { $0.fromSeconds <= time } ?? tables[0]
  }

  private func advance(_ index: Int) {
    let windows = clients.clients[index].windows
    var process = processes[index]
    defer { processes[index] = process }
    next[index] = .infinity
    guard process.window < windows.count else { return }
    process.clock = max(process.clock, windows[process.window].startSeconds)
    // A gap begins in a window with requests.
    while windows[process.window].rate <= 0 {
      process.window += 1
      guard process.window < windows.count else { return }
      process.clock = windows[process.window].startSeconds
    }
    var left = Self.gap(windows[process.window].gaps, &process.gaps)
    while true {
      let window = windows[process.window]
      let end = window.startSeconds + clients.windowSeconds
      let possible = max(0, end - process.clock) * window.rate
      if left <= possible {
        process.clock += left / max(window.rate, .leastNormalMagnitude)
        next[index] = process.clock
        return
      }
      left -= possible
      process.window += 1
      guard process.window < windows.count else { return }
      process.clock = max(end, windows[process.window].startSeconds)
    }
  }

  /// With mean 1.
  private static func gap(_ gaps: ServeGenClients.Gaps, _ stream: inout RandomStream) -> Double {
    switch gaps {
    case .exponential: stream.exponential()
    case .gamma(let shape): stream.gamma(shape: shape)
    case .weibull(let shape):
      power(stream.exponential(), 1 / shape) / gammaFunction(1 + 1 / shape)
    }
  }
}
