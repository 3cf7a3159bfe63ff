internal import Documents
internal import Rendering
internal import Results
internal import Units

// What comes, what is served, and what could be.
extension RunFindings {
  var load: Section {
    Section("Load") {
      if let load = results.load {
        Part.table(table(load))
        Part.note(note(load))
      }
    }
  }

  /// A column for the load as it is, and one for its peak where it rises and falls.
  private func table(_ load: LoadResults) -> Table {
    let peak = results.peak
    let columns: [(name: String, load: LoadResults)] =
      [(peak == nil ? "" : "as a whole", load)] + (peak.map { [("at the peak", $0.load)] } ?? [])
    func row(_ name: String, _ cell: (LoadResults) -> Cell) -> [Cell] {
      [.words(name)] + columns.map { cell($0.load) }
    }
    let levels: [(String, Double?, Double?)] = [
      ("time to first token, p99", results.timeToFirstToken?.p99, peak?.timeToFirstToken?.p99),
      (
        "time per output token, p99", results.timePerOutputToken?.p99, peak?.timePerOutputToken?.p99
      ),
      ("end to end, p99", results.endToEnd?.p99, peak?.endToEnd?.p99),
    ]
    let rows =
      [
        row("offered") { .quantity($0.offered, .requestsPerSecond) },
        row("served") { .quantity($0.served, .requestsPerSecond) },
        row("could be served") { .quantity($0.capacity, .requestsPerSecond) },
        row("asked of that") { .share($0.utilization) },
        row("the queue") { .amount($0.queueWords) },
        row("somebody waits") { .amount("\(Words.percent($0.backlogShare)) of the time") },
      ] + peakRows(levels)
    return Table(
      "Load", [""] + columns.map(\.name),
      rows: rows.filter { $0.dropFirst().contains { $0 != .none } })
  }

  private func peakRows(_ levels: [(String, Double?, Double?)]) -> [[Cell]] {
    guard let peak = results.peak else { return [] }
    let share: [[Cell]] =
      peak.attainment == nil
      ? [] : [["within all objectives", .share(results.attainment), .share(peak.attainment)]]
    return share
      + levels.filter { $0.2 != nil }.map { name, whole, high in
        [
          .words(name), .seconds(whole.map { $0 / 1e3 }), .seconds(high.map { $0 / 1e3 }),
        ]
      }
  }

  /// How many requests follow from one that comes by itself.
  private func arrivals(_ load: LoadResults) -> String {
    guard let offered = load.offered, let rate = report.inputs.workload.rate,
      offered > 1.0001 * rate
    else { return "" }
    return "Each arrival brings \(NumberText.significant(offered / rate)) requests, its turns or "
      + "calls: \(NumberText.quantity(rate, .requestsPerSecond)) begin something new. "
  }

  /// What is judged, and what ends first.
  private func note(_ load: LoadResults) -> String {
    let limit =
      arrivals(load)
      + (load.limitWords.map { "Above what could be served there is no more \($0). " } ?? "")
    guard let sample = results.sample else { return limit }
    let seconds = Words.duration(sample.seconds)
    let requests = Words.count(sample.requests, "request")
    let judged =
      switch sample.kind {
      case .steady:
        "Judged is \(seconds) in the steady state, after \(Words.duration(sample.warmUpSeconds)) "
          + "of filling, of \(requests) simulated."
      case .periods:
        "Judged \(sample.periods == 1 ? "is" : "are") "
          + "\(Words.count(sample.periods ?? 0, "whole period")), \(seconds), of \(requests) "
          + "simulated."
      case .whole: "The load ends: all of it is judged, filling and draining included."
      case .backlog:
        "What is shown is the end of a run of \(requests): a longer one would show longer waits."
      }
    return limit + judged
  }
}

extension LoadResults {
  /// What becomes of it.
  fileprivate var queueWords: String {
    switch state {
    case .sustained: "stays as it is"
    case .overloaded: "grows"
    case .fragile: "grows once the caches lose the conversations"
    case .overloadedAtPeak: "grows at the highest rate"
    case .undecided: "is not known"
    case .finite: "ends with the load"
    }
  }
}
