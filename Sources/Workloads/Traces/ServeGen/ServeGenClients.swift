internal import ByteStreams
internal import Diagnostics
internal import Statistics
internal import Units

/// Clients of a ServeGen folder: how often each asks at what time of the day, and how long its
/// prompts and answers are.
///
/// Of each client there are two files. `chunk-1-trace.csv` has a line for every window of time,
/// without a header: its start [s], the rate [req/s], the coefficient of variation of the gaps, and
/// their distribution with its shape and scale. `chunk-1-dataset.json` has histograms of lengths,
/// from a time on each: an object whose values are dictionaries, written as text.
///
/// Source: Xiang et al., "ServeGen: Workload characterization and generation of large language
/// model serving in production", NSDI 2026.
package struct ServeGenClients: Sendable {
  struct Window: Sendable {
    var startSeconds: Double
    var rate: Double
    var coefficientOfVariation: Double
    var gaps: Gaps
  }

  enum Gaps: Sendable {
    case gamma(shape: Double)
    case weibull(shape: Double)
    case exponential
  }

  struct Client: Sendable {
    var number: Int
    var windows: [Window]
    /// The tables that are not empty, in the order of their times.
    var tables: [ServeGenLengths]
  }

  let path: String
  private(set) var clients: [Client] = []
  /// Length of every window [s].
  let windowSeconds: Double

  /// - Throws: `InvalidInput` with everything that is wrong with the files.
  init(_ path: String, _ files: [ByteSource]) throws {
    self.path = path
    var problems: [Diagnostic] = []
    var windows: [Int: [Window]] = [:]
    var tables: [Int: [ServeGenLengths]] = [:]
    for file in files {
      guard let (client, kind) = ServeGenFiles.client(of: file) else { continue }
      do {
        switch kind {
        case .rates: windows[client] = try ServeGenFiles.windows(file)
        case .lengths: tables[client] = try ServeGenFiles.lengths(file)
        }
      } catch let error as InvalidInput {
        problems += error.diagnostics
      }
    }
    for client in windows.keys.sorted() {
      let rates = windows[client] ?? []
      guard rates.contains(where: { $0.rate > 0 }) else { continue }
      let lengths = (tables[client] ?? []).filter { !$0.isEmpty }
      guard !lengths.isEmpty else {
        problems.append(Self.withoutLengths(client, path))
        continue
      }
      clients.append(Client(number: client, windows: rates, tables: lengths))
    }
    let starts = clients.first?.windows.map(\.startSeconds) ?? []
    windowSeconds = starts.count > 1 ? starts[1] - starts[0] : 600
    if problems.isEmpty, clients.isEmpty {
      problems.append(
        Diagnostic(
          code: "trace/empty", "the trace has no requests", at: SourceLocation(file: path)))
    }
    guard problems.isEmpty else { throw InvalidInput(Array(problems.prefix(20))) }
  }

  private static func withoutLengths(_ client: Int, _ path: String) -> Diagnostic {
    Diagnostic(
      code: "trace/lengths", "client \(client) has rates and no lengths",
      at: SourceLocation(file: path),
      hint: "copy `chunk-\(client)-dataset.json` into the folder, or take "
        + "`chunk-\(client)-trace.csv` out of it")
  }
}

/// Lengths of a client's prompts and answers from a time on.
struct ServeGenLengths: Sendable {
  var fromSeconds: Double
  /// What a prompt has in it: a text, and so many images, sounds and films of so many tokens each.
  var input = ServeGenHistogram()
  var attachments: [(count: ServeGenHistogram, tokens: ServeGenHistogram)] = []
  var output = ServeGenHistogram()

  var isEmpty: Bool { input.isEmpty && attachments.isEmpty || output.isEmpty }

  func drawInput(_ stream: inout RandomStream) -> Int32 {
    var tokens = input.isEmpty ? 0 : Int64(input.draw(&stream))
    for part in attachments {
      for _ in 0..<part.count.draw(&stream) { tokens += Int64(part.tokens.draw(&stream)) }
    }
    return Int32(min(tokens, TraceRow.mostTokens))
  }
}

/// Whole numbers with their probabilities.
struct ServeGenHistogram: Sendable {
  private(set) var values: [Int32] = []
  /// Ends at 1.
  private var cumulative: [Double] = []
  private(set) var shares: [Double] = []

  init() {}

  init(_ weights: [(value: Int32, weight: Double)]) {
    let sorted = weights.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
    let total = sorted.reduce(0) { $0 + $1.weight }
    values = sorted.map(\.value)
    shares = sorted.map { $0.weight / total }
    var sum = 0.0
    cumulative = shares.map { share in
      sum += share
      return sum
    }
    if !cumulative.isEmpty { cumulative[cumulative.count - 1] = 1 }
  }

  var isEmpty: Bool { values.isEmpty }

  func draw(_ stream: inout RandomStream) -> Int32 {
    let point = stream.uniform()
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > point { high = middle } else { low = middle + 1 }
    }
    return values[low]
  }
}
