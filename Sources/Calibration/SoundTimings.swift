internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import Units

/// The timings that a machine of these peaks can have given.
///
/// A row that is faster than light - than max(FLOPs / peak, bytes / bandwidth) - did less than the
/// formula counts, and no share of the peak describes it. Where that is so in a tenth of the rows
/// of one kernel, the others of it are as little what they seem and are left out with them: a
/// kernel that reads fewer experts than a balanced step wants is not slow at large sizes but
/// another one. One row alone is a slip of the clock.
struct SoundTimings {
  private(set) var timings: Timings
  private(set) var warnings: [Diagnostic] = []

  private static let tellingShare = 0.1

  private struct Kernel: Hashable {
    var operation: OperatorClass
    var arithmetic: KernelArithmetic
    var source: String
  }

  init(_ all: Timings, on machine: MachinePeaks) {
    timings = all
    var counts: [Kernel: (fast: Int, all: Int)] = [:]
    var fast: Set<Int> = []
    for (index, timing) in all.kernels.enumerated() {
      let light = machine.lightSeconds(timing.kernel)
      let kernel = Self.kernel(timing)
      counts[kernel, default: (0, 0)].all += 1
      guard timing.seconds < light else { continue }
      counts[kernel]?.fast += 1
      fast.insert(index)
      warnings.append(Self.warning(timing, light, machine))
    }
    let doubtful = counts.filter {
      Double($0.value.fast) >= Self.tellingShare * Double($0.value.all) && $0.value.fast > 1
    }
    timings.kernels = []
    for (index, timing) in all.kernels.enumerated() {
      if fast.contains(index) {
        leaveOut(timing, "faster than the peaks")
      } else if doubtful[Self.kernel(timing)] != nil {
        leaveOut(
          timing,
          "\(timing.kernel.operation.rawValue) rows of \(timing.origin.kernelSource), a kernel "
            + "with rows faster than the peaks")
      } else {
        timings.kernels.append(timing)
      }
    }
  }

  private mutating func leaveOut(_ timing: KernelTiming, _ reason: String) {
    timings.unused.append(.init(system: timing.origin.system, reason: reason))
  }

  private static func kernel(_ timing: KernelTiming) -> Kernel {
    Kernel(
      operation: timing.kernel.operation, arithmetic: timing.kernel.arithmetic,
      source: timing.origin.kernelSource)
  }

  private static func warning(
    _ timing: KernelTiming, _ light: Double, _ machine: MachinePeaks
  ) -> Diagnostic {
    Diagnostic(
      .warning, code: "calibrate/faster-than-peak",
      "the row is left out, faster than the peaks of `\(machine.profile.name)` allow: "
        + NumberText.quantity(timing.seconds, .seconds),
      at: timing.origin.place,
      notes: ["the least time is \(NumberText.quantity(light, .seconds))"])
  }
}
