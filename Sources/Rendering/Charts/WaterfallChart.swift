/// Amounts that add up, each bar beginning where the one before it ends: what a total is made of.
package struct WaterfallChart: Equatable, Sendable {
  package struct Step: Equatable, Sendable {
    package var name: String
    package var value: Double
    /// How the amount comes about, a cell for each of the chart's `madeOf`.
    package var parts: [Cell]
    /// Time that nobody used, and the like: it has no color.
    package var isIdle: Bool

    package init(_ name: String, _ value: Double, parts: [Cell] = [], isIdle: Bool = false) {
      self.name = name
      self.value = value
      self.parts = parts
      self.isIdle = isIdle
    }
  }

  package var title: String
  /// What there is to see, for those who do not see it.
  package var description: String
  /// What an amount is made of: names of columns of its table.
  package var madeOf: [String]
  package var steps: [Step]
  /// The sum of all steps, with how it comes about.
  package var total: Step
  package var format: ValueFormat
  /// In the table, where amounts may be as exact as they are.
  package var tableFormat: ValueFormat
  package var unit: String
  /// Where the scale ends, so that charts side by side can be compared; the total when nil.
  package var scaleEnd: Double?

  package init(
    _ title: String, _ description: String, madeOf: [String] = [], _ steps: [Step],
    totalParts: [Cell] = [], format: ValueFormat = .dollars,
    tableFormat: ValueFormat? = nil, unit: String = "USD", scaleEnd: Double? = nil
  ) {
    self.title = title
    self.description = description
    self.madeOf = madeOf
    self.steps = steps
    total = Step("total", steps.reduce(0) { $0 + $1.value }, parts: totalParts)
    self.format = format
    self.tableFormat = tableFormat ?? format
    self.unit = unit
    self.scaleEnd = scaleEnd
  }

  var table: Table {
    var sum = 0.0
    var rows = steps.map { step -> Table.Row in
      sum += step.value
      return row(step, sum)
    }
    rows.append(row(total, total.value))
    rows[rows.count - 1].isTotal = true
    return Table(title, [""] + madeOf + [unit, "so far"], rows)
  }

  private func row(_ step: Step, _ sum: Double) -> Table.Row {
    Table.Row(
      [.words(step.name)] + step.parts + [
        .value(step.value, tableFormat), .value(sum, tableFormat),
      ])
  }
}
