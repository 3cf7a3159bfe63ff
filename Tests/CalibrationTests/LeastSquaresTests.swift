import Testing

@testable import Calibration

@Suite struct LeastSquaresTests {
  private static let positions = [1.0, 2, 4, 8, 16]

  private func problem(_ measured: [Double], high: Double = 100) -> LeastSquares {
    LeastSquares(
      softness: 0.15, bounds: [.init(low: 0, high: high), .init(low: 0, high: high)]
    ) { parameters in
      zip(Self.positions, measured).map {
        LeastSquares.relativeError(parameters[0] + parameters[1] * $0, $1)
      }
    }
  }

  @Test func exactRowsGiveTheirParametersBack() {
    let found = problem(Self.positions.map { 3 + 2 * $0 }).minimum(from: [1, 1])
    #expect(abs(found.parameters[0] - 3) < 1e-6)
    #expect(abs(found.parameters[1] - 2) < 1e-6)
    #expect(found.cost < 1e-12)
  }

  @Test func oneWrongRowDoesNotDecide() {
    var measured = Self.positions.map { 3 + 2 * $0 }
    measured[2] *= 10
    let found = problem(measured).minimum(from: [1, 1]).parameters
    #expect(abs(found[0] / 3 - 1) < 0.06)
    #expect(abs(found[1] / 2 - 1) < 0.06)
  }

  @Test func aBoundHoldsAndTheOthersMakeTheBestOfIt() {
    let found = problem(Self.positions.map { 3 + 2 * $0 }, high: 1.5).minimum(from: [1, 1])
    #expect(found.parameters == [1.5, 1.5])
    let nothing = problem(Self.positions.map { 2 * $0 }).minimum(from: [5, 1]).parameters
    #expect(nothing[0] >= 0 && nothing[0] < 1e-4)
  }

  @Test func theSameRowsGiveTheSameBits() {
    let measured = [5.1, 6.8, 11.3, 18.7, 35.2]
    let first = problem(measured).minimum(from: [[1, 1], [5, 3]])
    #expect(first.parameters == problem(measured).minimum(from: [[1, 1], [5, 3]]).parameters)
  }

  @Test func medianIsOfTheSizes() {
    #expect(LeastSquares.median([-3, 1, 2]) == 2)
    #expect(LeastSquares.median([-4, 1, 2, 3]) == 2.5)
    #expect(LeastSquares.median([]) == 0)
  }
}
