/// A picture of values, with the table that stands for it where there are none.
package enum Chart: Equatable, Sendable {
  case lines(LineChart)
  case bars(BarChart)
  case waterfall(WaterfallChart)

  package var title: String {
    switch self {
    case .lines(let chart): chart.title
    case .bars(let chart): chart.title
    case .waterfall(let chart): chart.title
    }
  }

  /// The chart in figures: for those who do not see it, who want to copy them, and for the pointer.
  package var table: Table {
    switch self {
    case .lines(let chart): chart.table
    case .bars(let chart): chart.table
    case .waterfall(let chart): chart.table
    }
  }

  var note: String {
    switch self {
    case .lines(let chart): chart.note
    case .bars, .waterfall: ""
    }
  }

  var isEmpty: Bool {
    switch self {
    case .lines(let chart): chart.series.allSatisfy(\.points.isEmpty)
    case .bars(let chart): chart.bars.isEmpty
    case .waterfall(let chart): chart.steps.isEmpty
    }
  }

  /// What fits between two paragraphs of text.
  private static let mostRows = 24
  var isShort: Bool { table.rows.count <= Self.mostRows }
}
