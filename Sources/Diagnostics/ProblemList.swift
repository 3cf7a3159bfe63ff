/// What is wrong with a table: the first problems, and how many there are.
///
/// A table of another kind has a problem in every field, and nobody reads a million of them.
struct ProblemList {
  private static let mostKept = 1_000
  /// More problems than anyone reads are counted instead.
  private static let mostShown = 20

  private var kept: [Diagnostic] = []
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ problem: Diagnostic) {
    if kept.count < Self.mostKept { kept.append(problem) }
    count += 1
  }

  static func += (list: inout ProblemList, problems: some Sequence<Diagnostic>) {
    for problem in problems { list.append(problem) }
  }

  /// - Throws: `InvalidInput` if there are any.
  ///
  /// - Parameter isOrdered: whether they stand as they are shown; else that is by their places.
  func check(_ file: String, isOrdered: Bool = true) throws(InvalidInput) {
    guard !isEmpty else { return }
    let shown = (isOrdered ? kept : ordered).prefix(Self.mostShown)
    guard count > shown.count else { throw InvalidInput(Array(shown)) }
    throw InvalidInput(
      shown + [
        Diagnostic(
          code: "csv/more", "and \(count - shown.count) more", at: SourceLocation(file: file))
      ])
  }

  private var ordered: [Diagnostic] {
    kept.enumerated().sorted { left, right in
      let (one, other) = (left.element.location, right.element.location)
      return (one?.line ?? 0, one?.column ?? 0, left.offset)
        < (other?.line ?? 0, other?.column ?? 0, right.offset)
    }.map(\.element)
  }
}
