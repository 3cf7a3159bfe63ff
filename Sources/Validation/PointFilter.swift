internal import Diagnostics

/// Which points of a file are looked at: those whose words are among the chosen ones.
package struct PointFilter: Equatable, Sendable {
  package enum Column: String, CaseIterable, Sendable { case hardware, model, engine, family }

  /// Chosen words by column; nothing for a column lets every point pass.
  package var chosen: [Column: [String]]

  package init(_ chosen: [Column: [String]] = [:]) { self.chosen = chosen }

  /// The points that pass, in their order.
  ///
  /// - Throws: `InvalidInput` for a word that no point has, or when nothing is left.
  package func points(of file: PointsFile) throws -> [MeasuredPoint] {
    var problems: [Diagnostic] = []
    for column in Column.allCases {
      let known = Set(file.points.map { $0[column] }).sorted()
      for word in chosen[column] ?? [] where !known.contains(word) {
        problems.append(
          Diagnostic(
            code: "validate/unknown-word", "no point has this \(column.rawValue): \(word)",
            at: SourceLocation(file: "--\(column.rawValue) \(word)"),
            hint: Suggestion.nearest(to: word, in: known).map { "did you mean `\($0)`?" }))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    let points = file.points.filter { point in
      Column.allCases.allSatisfy { chosen[$0]?.contains(point[$0]) ?? true }
    }
    guard !points.isEmpty else {
      throw InvalidInput(
        Diagnostic(
          code: "validate/no-points", "no point passes all filters",
          at: SourceLocation(file: file.name), hint: "leave one of them out"))
    }
    return points
  }
}

extension MeasuredPoint {
  subscript(column: PointFilter.Column) -> String {
    switch column {
    case .hardware: hardware
    case .model: model
    case .engine: engine
    case .family: family
    }
  }
}
