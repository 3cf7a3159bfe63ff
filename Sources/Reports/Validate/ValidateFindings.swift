package import Documents
package import Rendering
internal import Units

/// A validation as it is shown: its document, and its points for other programs.
package struct ValidateFindings: Report {
  let report: ValidateReport
  /// The points of the file with what is predicted for each.
  package let rows: [[String]]?

  package init(_ report: ValidateReport, rows: [[String]]) {
    self.report = report
    self.rows = rows
  }

  package var document: any ReportDocument { report }
  private var results: ValidateReport.Results { report.results }

  package var page: Page {
    Page(
      title: "Accuracy", kind: "windtunnel validate", lead: summary,
      footer: "fingerprint of all runs: `\(report.fingerprint)`"
    ) {
      Section("Errors by kind of deployment") { Part.table(kinds) }
      Section("What calibration is worth") {
        Part.note(
          "Median and bias of the errors, by what a prediction may use: datasheets only; kernels "
            + "as they were timed; all that was fitted; all but the point's machine; all but its "
            + "model; all but its campaign."
        )
        Part.table(stages)
      }
      Section("Measured values inside the 80 % interval") {
        Part.table(coverage)
        Part.note(
          "\(results.fittedParameters) parameters are fitted to serving points, none to a model, a "
            + "concurrency or a point.")
      }
      divisions
      Section("Reported apart") { Part.table(Self.table("points", results.apart)) }
      Section("Worst points, and where to look") { Part.list(worst) }
      Section("Refused") {
        Part.list(
          results.refused.map {
            Item("\($0.points.count) x \($0.reason)", lines: [$0.points.joined(separator: " ")])
          })
      }
      Section("Method") { Part.aside([.list(ValidateMethod.all.map { Item(.words($0)) })]) }
      Section("What is known to be wrong") {
        Part.aside([.list(KnownErrors.all.map { Item(.words($0)) })])
      }
      Section("Sources") {
        Part.aside([
          .table(
            Table(
              "Sources", ["source", "points"],
              rows: report.provenance.sources.map { [.words($0.source), .count($0.points)] })),
          .note("Written by `windtunnel validate --format markdown`."),
        ])
      }
    }
  }

  private var summary: String {
    let points = results.points
    let chosen = report.inputs.filters.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.joined(separator: " or "))" }.joined(separator: ", ")
    return "\(Words.count(points.read)) points of \(report.inputs.file)"
      + (chosen.isEmpty ? "" : " (\(chosen))") + ": \(Words.count(points.simulated)) simulated, "
      + "\(Words.count(points.refused)) refused."
  }

  // MARK: Tables

  private var kinds: Table {
    let rows = results.sections.flatMap { section -> [[Cell]] in
      // The program as it is comes last of those that may use everything.
      guard section.stages.count > 2 else { return [] }
      return zip(ValidateReport.Metrics.names, section.stages[2].errors.all).compactMap {
        name, found in
        found.map { found in
          [
            .words(section.name), .words(name), .count(found.points), .share(found.median),
            .share(found.mean), .share(found.p90), .value(found.bias, .change),
          ]
        }
      }
    }
    return Table(
      "Errors by kind of deployment",
      ["deployment", "figure", "points", "median", "mean", "p90", "bias"], rows: rows)
  }

  private var stages: Table {
    let rows = results.sections.flatMap { section -> [[Cell]] in
      ValidateReport.Metrics.names.enumerated().compactMap { index, name in
        let found = section.stages.map { $0.errors.all[index] }
        guard found.contains(where: { $0 != nil }) else { return nil }
        return [.words(section.name), .words(name)]
          + found.map { errors in
            errors.map {
              .amount("\(Words.percent($0.median)), \(Words.signedPercent($0.bias))")
            } ?? .none
          }
      }
    }
    return Table(
      "What calibration is worth",
      [
        "deployment", "figure", "datasheet", "kernels", "calibrated", "machine out", "model out",
        "campaign out",
      ],
      rows: rows)
  }

  private var coverage: Table {
    Table(
      "Measured values inside the 80 % interval",
      ["figure", "calibrated", "machine out", "campaign out"],
      rows: results.coverage.map {
        [
          .words($0.metric), .share($0.share), $0.shareWithoutMachine.map { .share($0) } ?? "",
          $0.shareWithoutCampaign.map { .share($0) } ?? "",
        ]
      })
  }

  private var divisions: [Section] {
    [
      Section("All points that are not reported apart") {
        Part.note(
          "Each cell has the median, mean and p90 of the errors and their bias, in percent.")
        Part.table(Self.table("points", results.overall.map { [$0] } ?? []))
      }
    ]
      + results.divisions.map { division in
        Section("By \(division.name)") {
          Part.table(Self.table(division.name, division.groups))
        }
      }
  }

  /// Power and energy have columns where they were measured.
  private static func table(_ word: String, _ groups: [ValidateReport.Group]) -> Table {
    let shown = ValidateReport.Metrics.names.indices.filter { index in
      index < ValidateReport.Metrics.always
        || groups.contains { $0.errors.all[index] != nil }
    }
    return Table(
      word, [word, "read", "refused"] + shown.map { ValidateReport.Metrics.names[$0] },
      rows: groups.map { group in
        [.words(group.name), .count(group.points.read), .count(group.points.refused)]
          + shown.map { group.errors.all[$0] }.map { $0.map { .amount(words($0)) } ?? .none }
      })
  }

  /// `20 / 77 / 164 / +10`: below ten percent with a decimal.
  private static func words(_ errors: ValidateReport.Errors) -> String {
    func percent(_ share: Double) -> String {
      NumberText.fixed(share * 100, share.magnitude < 0.0995 ? 1 : 0)
    }
    let sizes = [errors.median, errors.mean, errors.p90].map(percent)
    let sign = errors.bias > 0 && percent(errors.bias) != percent(0) ? "+" : ""
    return (sizes + [sign + percent(errors.bias)]).joined(separator: " / ")
  }

  private var worst: [Item] {
    results.worst.map { point in
      Item(
        "\(point.id) \(point.what)",
        lines: [
          "\(point.metric) \(NumberText.significant(point.measured)) measured, "
            + "\(NumberText.significant(point.predicted)) predicted, "
            + Words.signedPercent(point.error), point.reasons.joined(separator: "; "),
        ])
    }
  }
}
