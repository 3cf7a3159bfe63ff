package import Diagnostics
internal import Hardware

/// Fits of machines' efficiencies and links to tables of kernel timings.
///
///     var calibration = Calibration()
///     try calibration.add(CSVTable.read("gemm.csv"))
///     let machines = try calibration.machines(named: "h200-sxm")
///     machines[0].efficiencies[0].efficiency.compute        // 0.795
///
/// Peaks come from the machines' profiles, so a share is of what the profile says. Every formula is
/// the step model's own (`TimedKernel`, `CollectiveCurve`); how coefficients are chosen is in
/// `Rules`. The same files give the same figures, to the last digit.
package struct Calibration {
  private var timings = Timings()
  /// What a person should know of the tables, such as rows that no machine can have measured.
  package private(set) var warnings: [Diagnostic] = []

  package init() {}

  /// - Throws: `InvalidInput` with everything that is wrong in the table.
  package mutating func add(_ table: CSVTable) throws {
    try TimingReader(table).read(into: &timings)
  }

  /// The fits of all machines in the tables, in their order, or of one.
  ///
  /// - Parameter name: of a profile, or a file with one; nil for all.
  /// - Throws: `InvalidInput` for a system without a profile or a profile without timings.
  package mutating func machines(named name: String? = nil) throws -> [MachineFit] {
    let measured = timings.withoutCopies()
    let chosen = try CalibratedMachine.all(in: measured.systems, named: name)
    return chosen.map { machine in
      let rows = measured.of(machine.system)
      let peaks = MachinePeaks(profile: machine.profile)
      let sound = SoundTimings(rows, on: peaks)
      warnings += sound.warnings
      return MachineFit(sound.timings, on: peaks)
    }
  }
}

extension Timings {
  func of(_ system: String) -> Timings {
    Timings(
      kernels: kernels.filter { $0.origin.system == system },
      collectives: collectives.filter { $0.origin.system == system },
      exchanges: exchanges.filter { $0.origin.system == system },
      unused: unused.filter { $0.system == system })
  }

  /// Without the exchanges that repeat another system's to the last digit: a table that has no
  /// measurement of a machine may carry its sister's. The first system keeps them.
  func withoutCopies() -> Timings {
    struct Key: Hashable {
      var bytes: Double
      var seconds: Double
      var isAcrossDomains: Bool
    }
    var owners: [Key: String] = [:]
    var copy = self
    copy.exchanges = []
    for timing in exchanges {
      let key = Key(
        bytes: timing.point.bytes, seconds: timing.point.seconds,
        isAcrossDomains: timing.isAcrossDomains)
      let owner = owners[key] ?? timing.origin.system
      owners[key] = owner
      if owner == timing.origin.system {
        copy.exchanges.append(timing)
      } else {
        copy.unused.append(
          .init(system: timing.origin.system, reason: "exchanges that repeat those of \(owner)"))
      }
    }
    return copy
  }
}
