internal import Documents
internal import Units

/// A calibration as the sections of hardware profiles: one YAML document a machine.
struct CalibrationYAML {
  private let report: CalibrationReport

  init(_ report: CalibrationReport) { self.report = report }

  func text() -> String {
    report.machines.map { machine in
      (head(machine) + efficiencies(machine) + scaleUp(machine) + scaleOut(machine))
        .joined(separator: "\n") + "\n"
    }
    .joined(separator: "---\n")
  }

  private func head(_ machine: CalibrationReport.Machine) -> [String] {
    ["# \(machine.hardware): sections for its profile, fitted by `windtunnel calibrate`"]
      + machine.unused.map { "# in no fit: \(rows($0.rows)), \($0.reason)" }
  }

  // MARK: Efficiencies

  private func efficiencies(_ machine: CalibrationReport.Machine) -> [String] {
    guard !machine.efficiencies.isEmpty else { return [] }
    var lines = ["efficiencies:"]
    var operation = ""
    for fit in machine.efficiencies {
      if fit.operation != operation {
        operation = fit.operation
        lines.append("  \(operation):")
      }
      lines.append("    # \(words(fit.data))")
      lines += fit.notes.map { "    # \($0)" }
      lines.append("    \(fit.arithmetic): {\(flow(fit))}")
    }
    return lines
  }

  private func flow(_ fit: CalibrationReport.Efficiency) -> String {
    var parts = provenance(fit.residual)
    if let compute = fit.compute { parts.append("compute: \(NumberText.plain(compute))") }
    if let memory = fit.memory { parts.append("memory: \(NumberText.plain(memory))") }
    parts.append("floor: \(NumberText.fixed(fit.floorMicroseconds, 2)) us")
    if let depth = fit.depthLatencyNanoseconds {
      parts.append("depth_latency: \(NumberText.significant(depth, 3)) ns")
    }
    if let traffic = fit.serialTraffic {
      parts.append("serial_traffic: \(NumberText.plain(traffic))")
    }
    return parts.joined(separator: ", ")
  }

  private func provenance(_ residual: Double) -> [String] {
    ["status: fitted", "source: \(report.source)", "residual: \(NumberText.plain(residual))"]
  }

  private func words(_ data: CalibrationReport.Data) -> String {
    let frameworks = data.frameworks.isEmpty ? "" : ", " + data.frameworks.joined(separator: ", ")
    return "\(rows(data.rows)) of \(data.files.joined(separator: ", "))"
      + frameworks
  }

  private func rows(_ count: Int) -> String {
    "\(NumberText.grouped(count)) \(count == 1 ? "row" : "rows")"
  }

  // MARK: Links

  private func scaleUp(_ machine: CalibrationReport.Machine) -> [String] {
    guard machine.scaleUpExchange != nil || !machine.collectives.isEmpty else { return [] }
    var lines = ["scale_up:"]
    if let exchange = machine.scaleUpExchange { lines += self.exchange(exchange) }
    if !machine.collectives.isEmpty { lines.append("  collectives:") }
    var kind = ""
    for curve in machine.collectives {
      if curve.kind != kind {
        kind = curve.kind
        lines.append("    \(kind):")
      }
      lines += collective(curve)
    }
    return lines
  }

  private func scaleOut(_ machine: CalibrationReport.Machine) -> [String] {
    machine.scaleOutExchange.map { ["scale_out:"] + exchange($0) } ?? []
  }

  private func exchange(_ exchange: CalibrationReport.Exchange) -> [String] {
    let cited = "status: fitted, source: \(report.source)"
    let range = exchange.gigabytesPerSecondRange.map { ends in
      ", range: [\(ends.map(rate).joined(separator: ", "))]"
    }
    let residual = NumberText.plain(exchange.residual)
    let error = "the median relative error of the line is \(residual)"
    return [
      "  # \(words(exchange.data))",
      "  expert_exchange:",
      "    latency: {value: \(NumberText.fixed(exchange.latencyMicroseconds, 1)) us, \(cited), "
        + "note: \"\(rows(exchange.data.rows)); \(error)\"}",
      "    bandwidth: {value: \(rate(exchange.gigabytesPerSecond)), \(cited)\(range ?? "")}",
    ]
  }

  private func collective(_ curve: CalibrationReport.Collective) -> [String] {
    let lines = curve.lines.map { line in
      "{latency: \(NumberText.fixed(line.latencyMicroseconds, 2)) us, "
        + "bandwidth: \(NumberText.fixed(line.gigabytesPerSecond, 1)) GB/s}"
    }
    return [
      "      # \(words(curve.data))",
      "      - ranks: \(curve.ranks)",
      "        status: fitted",
      "        source: \(report.source)",
      "        residual: \(NumberText.plain(curve.residual))",
      "        lines: [\(lines.joined(separator: ", "))]",
      "        measured:",
    ]
      + curve.measured.map { point in
        "          - {size: \(size(point.bytes)), "
          + "time: \(NumberText.fixed(point.microseconds, 1)) us}"
      }
  }

  private func rate(_ gigabytesPerSecond: Double) -> String {
    "\(NumberText.plain(ReportNumber.rounded(gigabytesPerSecond))) GB/s"
  }

  /// In the largest binary unit that it is a whole number of.
  private func size(_ bytes: Double) -> String {
    let units: [(symbol: String, factor: Double)] = [("MiB", 0x1p20), ("KiB", 0x1p10)]
    let unit = units.first { (bytes / $0.factor).rounded() * $0.factor == bytes } ?? ("B", 1)
    return "\(Int(bytes / unit.factor)) \(unit.symbol)"
  }
}
