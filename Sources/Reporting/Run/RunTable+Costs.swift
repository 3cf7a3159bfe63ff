internal import Outcomes
internal import Units

extension RunTable {
  func energy(_ style: TextStyle) -> [String] {
    guard let energy = report.results.energy else { return unknown("energy") }
    var table = TextTable([.left, .right, .left])
    func watts(_ value: Double) -> [String] {
      let parts = NumberText.quantity(value, .watts, digits: 4).split(separator: " ")
      return parts.map(String.init)
    }
    let count = report.inputs.layout.accelerators
    table.add(
      ["mean power"]
        + watts(energy.acceleratorPowerWatts)
        .appendingToLast(count > 1 ? " for \(count) \(accelerator)s" : " for the \(accelerator)"))
    if let system = energy.informationTechnologyPowerWatts {
      table.add([""] + watts(system).appendingToLast(" with host, network and fans"))
    }
    if let facility = energy.meanPowerWatts {
      let pue = NumberText.significant(energy.powerUsageEffectiveness, 2)
      table.add([""] + watts(facility).appendingToLast(" with the facility, at a PUE of \(pue)"))
    }
    if let joules = energy.joulesPerOutputToken {
      table.add(["energy", NumberText.significant(joules, 3), "J per output token"])
    }
    if let rate = energy.tokensPerSecondPerMegawatt {
      table.add(["", NumberText.significant(rate, 3), "output tok/s per MW"])
    }
    return table.lines(style) + unknown("energy.mean_power_w")
  }

  func cost(_ style: TextStyle) -> [String] {
    guard let cost = report.results.cost else { return unknown("cost") }
    var table = TextTable([.left, .right])
    table.add(heading: ["", "\(accelerator)-hours", "", "USD per \(accelerator)-hour", "", "USD"])
    for line in cost.lines {
      table.add([
        line.pool.map { "\($0): \(line.item)" } ?? line.item, NumberText.fixed(line.quantity, 6),
        "x", NumberText.fixed(line.unitPrice, 2),
        "=", NumberText.fixed(line.cost, 6),
      ])
    }
    let hours = cost.lines.reduce(0) { $0 + $1.quantity }
    table.add(["total", NumberText.fixed(hours, 6), "", "", "", NumberText.fixed(cost.total, 6)])
    var lines = table.lines(style)
    let prices = cost.perMillionTokens
    let words = [
      ("input", prices.input), ("cached", prices.cached), ("thinking", prices.thinking),
      ("output", prices.output), ("blended", prices.blended),
    ].compactMap { name, price in price.map { "\(name) \(ReportWords.dollars($0))" } }
    if !words.isEmpty {
      lines += ["", "  USD per million tokens: " + words.joined(separator: ", ")]
    }
    return lines + hourlyPrices(cost)
  }

  /// What an hour costs, once for each machine.
  func hourlyPrices(_ cost: CostResults) -> [String] {
    let pools = report.inputs.pools
    let machines = pools.map(\.hardware.name).uniqued
    var lines = machines.compactMap { name -> String? in
      guard let price = pools.first(where: { $0.hardware.name == name })?.price else { return nil }
      let range =
        price.low.flatMap { low in
          price.high.map { ", \(ReportWords.dollars(low)) to \(ReportWords.dollars($0))" }
        } ?? ""
      let machine = machines.count > 1 ? "\(name): " : ""
      return "  \(machine)\(cost.price) price of \(price.date ?? "an unknown date") "
        + "(\(price.status ?? "assumed")\(range))"
    }
    lines[lines.count - 1] +=
      "; \(ReportWords.dollars(cost.dollarsPerHour)) USD/h for the deployment"
    return lines
  }

  func provenance(_ style: TextStyle) -> [String] {
    var table = TextTable([.left])
    let weakest = report.provenance.weakestBehind
    for (part, status) in [
      (ReportProvenance.Behind.performance, Optional(weakest.performance)),
      (.energy, weakest.energy), (.cost, weakest.cost),
    ] {
      guard let status else { continue }
      table.add([part.rawValue, "\(status): \(reasons(part, status))"])
    }
    return table.lines(style)
  }

  /// The weakest figures themselves, the first of them by name.
  private func reasons(_ part: ReportProvenance.Behind, _ status: String) -> String {
    let all = report.provenance.figures.filter {
      ($0.behind == part || $0.behind == .performance) && $0.status == status
    }
    let own = all.filter { $0.behind == part }
    let shown = own.isEmpty ? all : own
    var names: [String] = []
    var length = 0
    for entry in shown where length < 50 {
      names.append(entry.path)
      length += entry.path.count + 2
    }
    let rest = shown.count - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private func unknown(_ key: String) -> [String] {
    report.results.unknown.filter { $0.key == key }.map { "  unknown: \($0.reason)" }
  }
}

extension [String] {
  fileprivate func appendingToLast(_ text: String) -> [String] {
    guard let last else { return self }
    return dropLast() + [last + text]
  }
}
