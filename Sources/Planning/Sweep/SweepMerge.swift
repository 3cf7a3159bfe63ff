package import Diagnostics
internal import Units

/// The whole of a sweep from the files of its parts.
package struct SweepMerge: Sendable {
  private static let mostProblems = 20

  package let header: SweepHeader
  /// The lines of every case, in the order of the cases.
  package let lines: [SweepJournal.Line]

  /// - Parameter journals: at least one.
  /// - Throws: `InvalidInput` when they are not of one sweep, contradict each other, or leave
  ///   something out.
  package init(_ journals: [SweepJournal]) throws(InvalidInput) {
    let first = journals[0]
    let strangers = journals.filter { $0.header.whole != first.header.whole }
    guard strangers.isEmpty else {
      throw InvalidInput(
        strangers.prefix(Self.mostProblems).map { stranger in
          Diagnostic(
            code: "merge/other", "not of the same sweep as \(first.file): \(stranger.file)",
            at: SourceLocation(file: stranger.file, line: 1),
            notes: [
              "its fingerprint is \(stranger.header.fingerprint), not \(first.header.fingerprint)"
            ], hint: "give the files of one `windtunnel sweep` only")
        })
    }
    header = first.header.whole
    lines = try Self.lines(of: journals, header)
    guard lines.count == header.cases else { throw Self.missing(lines, journals, header) }
  }

  private static func lines(
    of journals: [SweepJournal], _ header: SweepHeader
  ) throws(InvalidInput) -> [SweepJournal.Line] {
    var found: [Int: (line: SweepJournal.Line, file: String)] = [:]
    var problems: [Diagnostic] = []
    for journal in journals {
      for line in journal.lines {
        let index = line.record.index
        guard let other = found[index] else {
          found[index] = (line, journal.file)
          continue
        }
        guard other.line.text != line.text, problems.count < mostProblems else { continue }
        problems.append(
          Diagnostic(
            code: "merge/contradiction", "two files say different things of a case: \(index)",
            at: SourceLocation(file: journal.file, line: line.number),
            notes: ["the other is \(other.file):\(other.line.number)"],
            hint: "simulate it again: remove the line that is wrong and repeat its sweep"))
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return (0..<header.cases).compactMap { found[$0]?.line }
  }

  private static func missing(
    _ lines: [SweepJournal.Line], _ journals: [SweepJournal], _ header: SweepHeader
  ) -> InvalidInput {
    let there = Set(lines.map(\.record.index))
    let missing = (0..<header.cases).filter { !there.contains($0) }
    let shown = missing.prefix(8).map { "\($0)" }.joined(separator: ", ")
    let more = missing.count > 8 ? " and \(NumberText.grouped(missing.count - 8)) more" : ""
    let counts = Set(journals.map { $0.header.shard?.count ?? 1 })
    var hint = "repeat the command that wrote it: it goes on where it was"
    if counts.count == 1, let count = counts.first, count > 1 {
      let shards = Set(missing.map { $0 % count }).sorted()
      let others = shards.count > 1 ? ", and \(shards.count - 1) more" : ""
      hint = "run the sweep with `--shard \(shards[0])/\(count)`\(others): it goes on where it was"
    }
    return InvalidInput(
      Diagnostic(
        code: "merge/missing",
        "\(NumberText.grouped(missing.count)) of \(NumberText.grouped(header.cases)) cases are "
          + "missing",
        notes: ["missing are \(shown)\(more), counted from 0"], hint: hint))
  }
}
