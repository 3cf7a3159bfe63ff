package import Documents
package import Rendering
internal import Results
internal import Units

extension CapacityReport: Report {
  package var page: Page {
    Page(
      name: inputs.scenario, title: inputs.title, kind: "windtunnel capacity \(inputs.scenario)",
      lead: lead, footer: "seed \(seed)"
    ) {
      Section {
        Part.facts([
          Fact("model", inputs.model),
          Fact("machine", inputs.machines.joined(separator: ", ") + ", engine \(inputs.engine)"),
          Fact("held", level), Fact("price", inputs.price),
          Fact("scenario", "\(inputs.file), \(offered)"),
        ])
      }
      Section("At the highest load that it holds") {
        Part.cards(cards)
        Part.facts(limits)
      }
      Section("Nothing is held") {
        if held == nil, let beyond {
          Part.list([Item(.words("even \(words(beyond.load))"), lines: beyond.reasons)])
        }
      }
      gateSections
      Section("To see it in full") {
        if let held {
          Part.code(
            RunCommandLine.text(inputs.file, held.settings),
            language: "sh")
        }
      }
    }
  }

  private var level: String {
    inputs.level.isEmpty ? "the queue does not grow" : inputs.level.joined(separator: ", ")
  }

  private var machines: String { inputs.machines.joined(separator: " and ") }

  private var lead: String {
    guard let held else { return "\(inputs.model) on \(machines) holds its level at no load." }
    return "\(inputs.model) on \(machines) holds \(words(held.load)): \(level)."
  }

  private var offered: String {
    if let clients = inputs.clients { return Words.count(clients, "client") }
    return inputs.offered.map { "\(words(peak: $0, mean: inputs.meanOffered)) offered" } ?? ""
  }

  private func rate(_ value: Double) -> String {
    NumberText.quantity(value, .requestsPerSecond, digits: 4)
  }

  /// A scenario states the average, and what serves it must serve the peak.
  private func words(peak: Double, mean: Double?) -> String {
    mean.map { "\(rate($0)) on average, \(rate(peak)) at the peak" } ?? rate(peak)
  }

  private func words(_ load: Load) -> String {
    if let clients = load.clients { return Words.count(clients, "client") }
    return load.rate.map { words(peak: $0, mean: load.meanRate) }
      ?? "\(NumberText.significant(load.factor, 3)) times the load"
  }

  private var cards: [Card] {
    guard let held else { return [] }
    let paths = [
      "attainment", "ttft.p99", "tpot.p99", "output", "interactivity", "cost.hour", "cost.blended",
      "cost.request",
    ]
    return paths.compactMap { path in
      RunFigures.row(path).flatMap {
        Card($0, of: held.results, held.intervals, status: held.weakest)
      }
    }
  }

  private var limits: [Fact] {
    guard let held else { return [] }
    let share = servable.flatMap { servable in
      held.load.rate.map { "\(Words.percent($0 / servable)) of what can be served" }
    }
    let first = beyond.map {
      "at \(words($0.load)): \($0.reasons.joined(separator: ", "))"
    }
    return [
      Fact("load", words(held.load)),
      Fact("of the scenario's", "\(NumberText.significant(held.load.factor, 3)) times"),
      servable.map { Fact("can be served", "\(rate($0)), whatever anybody waits; \(scarce)") },
      share.map { Fact("used", $0) },
      Fact("gives way first", first ?? "the queue, which grows beyond what can be served"),
    ].compactMap { $0 } + held.results.apiFacts
  }

  /// What there is no more of.
  private var scarce: String {
    let pool = limitingPool.map { $0 == "serving" ? "" : " of the \($0) pool" } ?? ""
    return limit.map { "then there is no more \($0.words)\(pool)" } ?? ""
  }

  /// One row.
  package var rows: [[String]]? {
    [
      [
        "scenario", "held_req_s", "held_clients", "load_factor", "servable_req_s", "limit",
        "slo_attainment", "usd_per_mtok_blended",
      ],
      [
        inputs.scenario, CSVText.number(held?.load.rate),
        held?.load.clients.map { "\($0)" } ?? "", CSVText.number(held?.load.factor),
        CSVText.number(servable), limit?.rawValue ?? "",
        CSVText.number(held?.results.attainment),
        CSVText.number(held?.results.cost?.perMillionTokens.blended),
      ],
    ]
  }
}
