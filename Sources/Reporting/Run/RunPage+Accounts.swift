internal import Outcomes
internal import Requirements
internal import Units

// Costs, energy, every figure, the inputs, and what all of it rests on.
extension RunPage {
  // MARK: Cost

  var cost: [Markup] {
    guard let cost = report.results.cost else { return unknown("cost") }
    let unit = "\(table.accelerator)-hours"
    let steps = cost.lines.map { line in
      WaterfallChart.Step(
        line.pool.map { "\($0): \(line.item)" } ?? line.item, line.cost,
        reason: "\(NumberText.significant(line.quantity, 4)) \(unit) at "
          + "\(ReportWords.dollars(line.unitPrice)) USD", isIdle: line.item == "idle")
    }
    let waterfall = WaterfallChart(
      id: "waterfall", title: "What the run costs",
      description: "From nothing to \(ReportWords.dollars(cost.total)) USD: "
        + steps.map { "\($0.name) \(ReportWords.dollars($0.value))" }.joined(separator: ", ")
        + ".", steps: steps)
    let prices = cost.perMillionTokens
    let rows = [
      ("input", prices.input), ("cached input", prices.cached), ("thinking", prices.thinking),
      ("output", prices.output), ("blended", prices.blended),
    ].compactMap { name, price in price.map { [name, ReportWords.dollars($0)] } }
    let perToken = PageTable(
      "Price of a million tokens", columns: ["tokens", "USD"], rows: rows)
    return [
      waterfall.markup,
      """
      <div><h3>Price of a million tokens</h3>
      \(perToken.markup)\(table.hourlyPrices(cost).map(note))</div>

      """,
    ]
  }

  private func note(_ line: String) -> Markup {
    "<p class=\"note\">\(String(line.drop { $0 == " " }))</p>\n"
  }

  private func unknown(_ key: String) -> [Markup] {
    report.results.unknown.filter { $0.key == key }.map { "<p>Unknown: \($0.reason).</p>\n" }
  }

  var energy: Markup {
    guard let energy = report.results.energy else { return "\(unknown("energy"))" }
    func watts(_ value: Double?) -> String? {
      value.map { NumberText.quantity($0, .watts, digits: 4) }
    }
    let pue = NumberText.significant(energy.powerUsageEffectiveness, 2)
    let rows = [
      ("accelerators, mean power", watts(energy.acceleratorPowerWatts)),
      ("with host, network and fans", watts(energy.informationTechnologyPowerWatts)),
      ("with the facility, at a PUE of \(pue)", watts(energy.meanPowerWatts)),
      (
        "energy of an output token",
        energy.joulesPerOutputToken.map { "\(NumberText.significant($0, 3)) J" }
      ),
      (
        "output of a megawatt",
        energy.tokensPerSecondPerMegawatt.map { "\(NumberText.significant($0, 3)) tok/s" }
      ),
    ].compactMap { name, value in value.map { [name, $0] } }
    return "\(PageTable("Energy", columns: ["", ""], rows: rows).markup)"
      + "\(unknown("energy.mean_power_w"))"
  }

  // MARK: Figures

  var figures: Markup {
    let known = report.results.figures.filter { $0.value != nil }
    let rows = known.map { [$0.figure.path, $0.figure.words($0.value ?? 0)] }
    let table = PageTable("All figures", columns: ["figure", "value"], rows: rows)
    return """
      <details><summary>\(NumberText.grouped(rows.count)) figures by the names that thresholds \
      use</summary>
      \(table.markup)</details>

      """
  }

  // MARK: Inputs

  var inputs: Markup {
    let entries = table.headerRows.map { row -> Markup in
      // A line without a name goes on with the one before.
      let name: Markup = row[0].isEmpty ? "" : "<dt>\(row[0])</dt>"
      return "\(name)<dd>\(row[1])</dd>\n"
    }
    let scenario = report.inputs.scenario
    return """
      <dl><dt>scenario</dt><dd>\(scenario.name), <code>\(scenario.file)</code></dd>
      \(entries)</dl>

      """
  }

  func resolvedInputs() throws -> Markup {
    let text = try ResolvedInputs(inputs: report.inputs, seed: report.seed).json()
    return """
      <details><summary>Everything as it was resolved, in JSON</summary>
      <pre>\(text)</pre></details>

      """
  }

  private struct ResolvedInputs: ReportDocument {
    var inputs: RunInputs
    var seed: UInt64
  }

  // MARK: Provenance

  var provenanceNote: String {
    "A result is as sure as the weakest figure that it rests on. From the surest on: measured, "
      + "datasheet, fitted, estimated, assumed."
  }

  var provenance: [Markup] {
    let weakest = report.provenance.weakestBehind
    return [
      part(.performance, weakest.performance), part(.energy, weakest.energy),
      part(.cost, weakest.cost),
    ]
  }

  private func part(_ part: ReportProvenance.Behind, _ weakest: String?) -> Markup {
    let entries = report.provenance.figures.filter { $0.behind == part }
    guard let weakest, !entries.isEmpty else { return .empty }
    let list = entries.map { entry -> Markup in
      """
      <li class="entry"><p><code>\(entry.path)</code><span>\(entry.value ?? "")</span>\
      \(PageStatus.badge(entry.status))</p><p class="source">\(entry.from): \(entry.source)</p></li>

      """
    }
    let also = part == .performance ? "" : ", and those behind performance"
    return """
      <details><summary>\(part.rawValue): \(PageStatus.badge(weakest)) by the weakest of \
      \(entries.count) figures\(also)</summary>
      <ul>\(list)</ul></details>

      """
  }
}
