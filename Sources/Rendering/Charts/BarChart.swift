/// Wholes and their parts as bars of equal length: where time goes, what memory holds.
package struct BarChart: Equatable, Sendable {
  package struct Bar: Equatable, Sendable {
    package var name: String
    /// Parts of the whole, which they add up to at most; in the order of the chart's parts.
    package var shares: [Double]

    package init(_ name: String, shares: [Double]) {
      self.name = name
      self.shares = shares
    }
  }

  package var title: String
  /// What there is to see, for those who do not see it.
  package var description: String
  /// What the parts are called.
  package var parts: [String]
  /// Position of the part that is time in which nothing is done; it has no color.
  package var idlePart: Int?
  package var bars: [Bar]

  package init(
    _ title: String, _ description: String, parts: [String], idlePart: Int? = nil, _ bars: [Bar]
  ) {
    self.title = title
    self.description = description
    self.parts = parts
    self.idlePart = idlePart
    self.bars = bars
  }

  var table: Table {
    Table(
      title, ["share of"] + parts, rows: bars.map { [.words($0.name)] + $0.shares.map(Cell.share) })
  }

  /// `memory 49.1 %, compute 16.7 %`: what is too small to be seen is left out.
  func words(of bar: Bar) -> String {
    zip(parts, bar.shares).filter { $0.1 >= 0.0005 }
      .map { "\($0.0) \(Words.percent($0.1))" }.joined(separator: ", ")
  }
}
