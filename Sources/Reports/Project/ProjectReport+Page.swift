package import Documents
internal import Projecting
package import Rendering
internal import Units

extension ProjectReport: Report {
  /// A section is a part of a file beside this one and a line here.
  private var sections: [Section] {
    [
      claim, impossible, training, simulated, life, years, otherMachines, sensitivity, targets,
      allocation,
    ] + optima + [data] + options + [exchange, answers] + gateSections + [rests]
  }

  package var page: Page {
    Page(
      name: inputs.name, title: inputs.title, kind: "windtunnel project \(inputs.name)",
      footer: fingerprints.isEmpty ? "" : "fingerprints: \(fingerprints)"
    ) { sections }
  }

  private var fingerprints: String {
    runs.map { "\($0.workload) on \($0.hardware) \($0.fingerprint)" }.joined(separator: ", ")
  }

  /// The figures that can be named, a row each.
  package var rows: [[String]]? {
    [["figure", "value", "unit"]]
      + headline.map { [$0.path, CSVText.number($0.value), $0.unit] }
  }

  // MARK: The claim

  private var claim: Section {
    Section("Claim") {
      if let claim = results.claim {
        Part.paragraph(claim.says)
        if !claim.conditions.isEmpty {
          Part.table(
            Table(
              "Claim", ["figure", "holds", "is", "so"],
              rows: claim.conditions.map { condition in
                [
                  .words(condition.figure), .words(Self.bounds(condition)),
                  condition.value.map { .figure($0, condition.unit ?? "") } ?? .unknown,
                  .verdict(condition.holds ? "yes" : "no", isGood: condition.holds),
                ]
              }))
          Part.paragraph(
            claim.holds ? "With these inputs it holds." : "With these inputs it does not hold.")
        }
      }
    }
  }

  private static func bounds(_ condition: ClaimResult.Condition) -> String {
    func words(_ bound: Double) -> String { Cell.figure(bound, condition.unit ?? "").text }
    switch (condition.from, condition.to) {
    case (let from?, let to?): return "from \(words(from)) to \(words(to))"
    case (let from?, nil): return "from \(words(from))"
    case (nil, let to?): return "up to \(words(to))"
    case (nil, nil): return "always"
    }
  }

  private var impossible: Section {
    Section("Impossible") { results.impossible.map { Part.paragraph($0) } }
  }

  private var rests: Section {
    Section("Rests on") {
      Part.table(
        Table(
          "Rests on", ["", "", ""],
          rows: provenance.figures.map { [.words($0.path), .status($0.status), .words($0.source)] })
      )
    }
  }
}
