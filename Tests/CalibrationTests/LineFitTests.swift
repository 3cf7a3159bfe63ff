import Hardware
import Testing

@testable import Calibration

@Suite struct LineFitTests {
  private static let sizes = [2e3, 16e3, 131e3, 524e3, 2e6, 16e6, 134e6]

  private func fit(_ seconds: (Double) -> Double, atMost highest: Double = 900e9) -> LineFit {
    LineFit(
      points: Self.sizes.map { LineFit.Point(bytes: $0, seconds: seconds($0)) },
      highestBytesPerSecond: highest)
  }

  @Test func oneAlgorithmIsOneLine() {
    let lines = fit { 3e-6 + $0 / 250e9 }.fastestOfLines()
    #expect(lines.count == 1)
    #expect(abs(lines[0].latencySeconds - 3e-6) < 1e-11)
    #expect(abs(lines[0].bytesPerSecond / 250e9 - 1) < 1e-6)
  }

  @Test func twoAlgorithmsAreTwoLines() {
    let lines = fit { min(3e-6 + $0 / 40e9, 12e-6 + $0 / 230e9) }.fastestOfLines()
    #expect(lines.count == 2)
    #expect(abs(lines[0].latencySeconds / 3e-6 - 1) < 1e-4)
    #expect(abs(lines[0].bytesPerSecond / 40e9 - 1) < 1e-4)
    #expect(abs(lines[1].latencySeconds / 12e-6 - 1) < 1e-4)
    #expect(abs(lines[1].bytesPerSecond / 230e9 - 1) < 1e-4)
  }

  @Test func noLineIsFasterThanTheLink() {
    let fit = fit({ 3e-6 + $0 / 500e9 }, atMost: 450e9)
    #expect(fit.fastestOfLines().allSatisfy { $0.bytesPerSecond <= 450e9 })
    #expect(fit.line().bytesPerSecond == 450e9)
    #expect(FitDigits.bandwidth(1028.57e9, atMost: 1028.57e9) == 1028.5e9)
  }
}
