package import Documents
package import Rendering
internal import Units

extension CalibrationReport: Report {
  package var page: Page {
    Page(
      title: "Figures fitted to timings", kind: "windtunnel calibrate",
      lead: "Sections for the profiles of \(Words.list(machines.map(\.hardware))), that cite "
        + "`\(source)`: `--format yaml` writes them as a profile has them."
    ) {
      for machine in machines { machine.sections }
    }
  }

  package func own(_ form: ReportForm) -> String? {
    form == .yaml ? CalibrationYAML(self).text() : nil
  }
}

extension CalibrationReport.Machine {
  fileprivate var sections: [Section] {
    [
      Section("\(hardware): efficiencies") { Part.table(efficiencyTable) },
      Section("\(hardware): collectives") { Part.table(collectiveTable) },
      Section("\(hardware): expert exchange") { Part.table(exchangeTable) },
      Section("\(hardware): in no fit") {
        Part.list(unused.map { Item("\(Words.count($0.rows, "row")): \($0.reason)") })
      },
    ]
  }

  private var efficiencyTable: Table {
    Table(
      "Efficiencies",
      [
        "operation", "arithmetic", "compute", "memory", "floor", "depth latency", "off by", "rows",
      ],
      rows: efficiencies.map { fit in
        [
          .words(fit.operation), .words(fit.arithmetic), .number(fit.compute),
          .number(fit.memory), .quantity(fit.floorMicroseconds * 1e-6, .seconds),
          .quantity(fit.depthLatencyNanoseconds.map { $0 * 1e-9 }, .seconds),
          .share(fit.residual), .count(fit.data.rows),
        ]
      })
  }

  private var collectiveTable: Table {
    Table(
      "Collectives", ["collective", "ranks", "lines", "off by", "rows"],
      rows: collectives.map { fit in
        let lines = fit.lines.map { line in
          NumberText.quantity(line.latencyMicroseconds * 1e-6, .seconds) + " + bytes / "
            + NumberText.quantity(line.gigabytesPerSecond * 1e9, .bytesPerSecond)
        }
        return [
          .words(fit.kind), .count(fit.ranks), .words(lines.joined(separator: " or ")),
          .share(fit.residual), .count(fit.data.rows),
        ]
      })
  }

  private var exchangeTable: Table {
    Table(
      "Expert exchange", ["link", "latency", "bandwidth", "off by", "rows"],
      rows: [("scale-up", scaleUpExchange), ("scale-out", scaleOutExchange)].compactMap {
        link, exchange in
        exchange.map { exchange in
          [
            .words(link), .quantity(exchange.latencyMicroseconds * 1e-6, .seconds),
            .quantity(exchange.gigabytesPerSecond * 1e9, .bytesPerSecond),
            .share(exchange.residual), .count(exchange.data.rows),
          ]
        }
      })
  }
}
