internal import Documents
internal import Rendering
internal import Results
internal import Units

// Energy and cost.
extension RunFindings {
  var energy: Section {
    Section("Energy") {
      if let energy = results.energy { Part.table(table(energy)) }
      unknown("energy")
      unknown("energy.mean_power_w")
    }
  }

  private func table(_ energy: EnergyResults) -> Table {
    let count = report.inputs.layout.accelerators
    let pue = NumberText.significant(energy.powerUsageEffectiveness, 2)
    let rows: [(String, Cell, String)] = [
      (
        "mean power", .quantity(energy.acceleratorPowerWatts, .watts, 4),
        count > 1 ? "for \(count) \(accelerator)s" : "for the \(accelerator)"
      ),
      (
        "", .quantity(energy.informationTechnologyPowerWatts, .watts, 4),
        "with host, network and fans"
      ),
      ("", .quantity(energy.meanPowerWatts, .watts, 4), "with the facility, at a PUE of \(pue)"),
      ("energy", .quantity(energy.joulesPerOutputToken, .joulesPerToken), "of output"),
      (
        "", .quantity(energy.tokensPerSecondPerMegawatt, .tokensPerSecondPerMegawatt),
        "output of a megawatt"
      ),
    ]
    return Table(
      "Energy", ["", "", ""],
      rows: rows.filter { $0.1 != .none }.map { [.words($0.0), $0.1, .words($0.2)] })
  }

  var cost: Section {
    Section("Cost") {
      unknown("cost")
      if let cost = results.cost {
        Part.chart(.waterfall(waterfall(cost)))
        Part.table(prices(cost))
        hourlyPrices(cost).map { Part.note($0) }
        Part.table(bill(cost))
        Part.facts(cost.bills.map(\.fact) + results.apiFacts)
      }
    }
  }

  private func waterfall(_ cost: CostResults) -> WaterfallChart {
    let steps = cost.lines.map { line in
      WaterfallChart.Step(
        line.pool.map { "\($0): \(line.item)" } ?? line.item, line.cost,
        parts: [.value(line.quantity, .fixed(6)), .value(line.unitPrice, .fixed(2))],
        isIdle: line.item == "idle")
    }
    let words = steps.map { "\($0.name) \(Words.dollars($0.value))" }.joined(separator: ", ")
    let hours = cost.lines.reduce(0) { $0 + $1.quantity }
    return WaterfallChart(
      "What the run costs", "From nothing to \(Words.dollars(cost.total)) USD: \(words).",
      madeOf: ["\(accelerator)-hours", "USD per \(accelerator)-hour"], steps,
      totalParts: [.value(hours, .fixed(6)), ""], tableFormat: .fixed(6))
  }

  private func prices(_ cost: CostResults) -> Table {
    let prices = cost.perMillionTokens
    return Table(
      "Price of a million tokens", ["USD per million tokens", "", ""],
      rows: [
        ("input", prices.input, "of prompts, computed"),
        ("cached input", prices.cached, "of prompts, found in a cache"),
        ("thinking", prices.thinking, "written before the answer"),
        ("output", prices.output, "of answers"),
        ("blended", prices.blended, "everything paid, over all tokens in and out"),
      ].compactMap { name, price, meaning in
        price.map { [.words(name), .dollars($0), .words(meaning)] }
      })
  }

  /// What is paid however many requests come, and for one of them.
  private func bill(_ cost: CostResults) -> Table {
    let spans: [(String, Double?)] =
      isJob
      ? [("the job", cost.dollars(for: results.makespanSeconds))]
      : [("a month", cost.dollarsPerMonth), ("a year", cost.dollarsPerYear)]
    let rows = [("an hour", cost.dollarsPerHour)] + spans + [("a request", cost.perRequest)]
    return Table(
      "What is paid", ["USD", ""],
      rows: rows.compactMap { name, dollars in
        dollars.map { [.words(name), .amount(CostResults.whole($0))] }
      })
  }

  /// What an hour costs, once for each machine.
  private func hourlyPrices(_ cost: CostResults) -> [String] {
    var machines: [(name: String, price: PriceInputs)] = []
    for pool in report.inputs.pools
    where !machines.contains(where: { $0.name == pool.hardware.name }) {
      machines.append((pool.hardware.name, pool.price))
    }
    let lines = machines.map { name, price in
      let range =
        price.low.flatMap { low in
          price.high.map { ", \(Words.dollars(low)) to \(Words.dollars($0))" }
        } ?? ""
      // Whoever states a price is told that it is theirs.
      let known = price.source.flatMap { $0.hasPrefix("your ") ? $0 : nil }
      return (machines.count > 1 ? "\(name): " : "")
        + "\(cost.price) price \(price.date.map { "of \($0)" } ?? "as typed") "
        + "(\(known ?? price.status ?? "assumed")\(range))"
    }
    return [
      lines.joined(separator: "; ")
        + "; \(Words.dollars(cost.dollarsPerHour)) USD/h for the deployment"
    ]
  }
}
