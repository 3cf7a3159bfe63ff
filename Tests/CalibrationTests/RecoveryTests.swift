import Diagnostics
import Hardware
import OperatorCosts
import Testing

@testable import Calibration

/// A machine that behaves exactly as the formula says: its coefficients must come back.
@Suite struct RecoveryTests {
  private static let wanted = Efficiency(
    compute: 0.71, memory: 0.83, floorSeconds: 4.2e-6, depthLatencySeconds: 0.31e-9,
    serialTraffic: 2.5,
    provenance: Provenance(status: .fitted, source: "made", citation: "made"))

  private static func timing(_ seconds: Double, _ kernel: TimedKernel) -> KernelTiming {
    KernelTiming(
      origin: TimingOrigin(
        system: "h200_sxm", place: SourceLocation(file: "a.csv"), framework: "",
        kernelSource: "x"),
      kernel: kernel, seconds: seconds)
  }

  private static func gemms(_ machine: MachinePeaks) -> [KernelTiming] {
    let rate = machine.rate(wanted, .bf16)
    return [1, 16, 64, 256, 1_024, 8_192].flatMap { tokens in
      [(1_024, 8_192), (7_168, 2_048), (8_192, 8_192), (10_240, 7_168)].map { output, input in
        let kernel = TimedKernel.matrixMultiply(
          .bf16, weights: .bf16, tokens: tokens, output: output, input: input)
        return timing(kernel.seconds(rate), kernel)
      }
    }
  }

  @Test func theFitFindsWhatMadeTheRows() throws {
    let machine = MachinePeaks(profile: try HardwareCatalogue.load(nameOrPath: "h200-sxm"))
    let fits = KernelRules(Self.gemms(machine), on: machine).fits()
    #expect(fits.map(\.operation) == [.gemm])
    let found = fits[0].efficiency
    #expect(found.compute == 0.71 && found.memory == 0.83)
    #expect(found.floorSeconds == 4.2e-6 && found.serialTraffic == 2.5)
    #expect(abs(found.depthLatencySeconds - 0.31e-9) < 1e-20)
    #expect(found.residual == 0)
    #expect(fits[0].data.rows == 24)
  }

  @Test func rowsFasterThanLightAreNamedAndLeftOut() throws {
    let machine = MachinePeaks(profile: try HardwareCatalogue.load(nameOrPath: "h200-sxm"))
    var timings = Timings()
    timings.kernels = Self.gemms(machine)
    timings.kernels[3].seconds = 10e-6
    timings.kernels[3].origin.place.line = 5
    let sound = SoundTimings(timings, on: machine)
    #expect(sound.timings.kernels.count == 23)
    #expect(
      sound.warnings.map(\.text) == [
        "warning[calibrate/faster-than-peak]: the row is left out, faster than the peaks of "
          + "`h200-sxm` allow: 10.0 us\n  --> a.csv:5\n  note: the least time is 30.6 us"
      ])
  }

  @Test func aKernelThatOftenBeatsLightIsAnotherKernel() throws {
    let machine = MachinePeaks(profile: try HardwareCatalogue.load(nameOrPath: "h200-sxm"))
    var timings = Timings()
    timings.kernels = Self.gemms(machine)
    for index in 0..<3 { timings.kernels[index].seconds = 1e-9 }
    let sound = SoundTimings(timings, on: machine)
    #expect(sound.timings.kernels.isEmpty)
    #expect(sound.warnings.count == 3)
    #expect(
      Set(sound.timings.unused.map(\.reason)) == [
        "faster than the peaks",
        "gemm rows of x, a kernel with rows faster than the peaks",
      ])
  }

  @Test func tooFewRowsAreNoFit() throws {
    let machine = MachinePeaks(profile: try HardwareCatalogue.load(nameOrPath: "h200-sxm"))
    #expect(KernelRules(Array(Self.gemms(machine).prefix(6)), on: machine).fits().isEmpty)
  }
}
