internal import Documents
internal import Planning
internal import Rendering
internal import Requirements
internal import Results

extension Certainty {
  /// In a table.
  var word: String { self == .unknown ? "not known" : rawValue }

  /// How sure it is that a level is held.
  var words: String {
    switch self {
    case .yes: "yes, at either end of the 80 % interval"
    case .marginal: "marginal: a limit lies within the 80 % interval"
    case .no: "no, at neither end of the 80 % interval"
    case .unknown: "not known: nothing alike was ever measured"
    }
  }
}

extension JudgedRange {
  /// Its ends as people read them; at an end that grows with the run there is none.
  var words: String {
    guard let format = RunFigures.named(figure)?.format else { return "" }
    return switch (low, high) {
    case (let low?, let high?): Cell.spread(low: low, high: high, format).text
    case (let low?, nil): "at least \(format.words(low))"
    case (nil, let high?): "at most \(format.words(high))"
    case (nil, nil): ""
    }
  }

  var label: String { RunFigures.row(figure)?.label ?? figure }

  var cell: Cell {
    RunFigures.named(figure).map { .optional(value, $0.format) } ?? .none
  }
}

extension Table {
  /// The figures that a verdict is about.
  init(judged: [JudgedRange]) {
    self.init(
      "What is judged", ["judged", "value", "80 % interval"],
      rows: judged.map { [.words($0.label), $0.cell, .amount($0.words)] })
  }
}
