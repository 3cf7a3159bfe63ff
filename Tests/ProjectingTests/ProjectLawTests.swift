import Projections
import Testing

@testable import Projecting

/// A projection's bills add up, and what is made wrong on purpose is caught.
struct ProjectLawTests {
  private static func effort(_ hours: Double, at price: Double?) -> EffortResult {
    EffortResult(
      Effort(
        flops: 1e18 * hours, acceleratorHours: hours, dollars: price.map { $0 * hours },
        joules: 2.5e6 * hours))
  }

  private static func training(price: Double? = 2) -> TrainingResult {
    TrainingResult(
      model: "a", activeParameters: 1e9, hardware: "b", arithmetic: "bf16", price: price,
      priceSource: "c", tokens: 1e12,
      lines: [700.0, 300].map {
        TrainingResult.Line(name: "run \($0)", effort: effort($0, at: price))
      }, total: effort(1_000, at: price), lowHours: 900, highHours: 1_100)
  }

  /// A life of two years, which serves as much in the first as training took.
  private static func life() -> LifeResult {
    let training = training().total
    func row(_ measure: Measure) -> LifeResult.Row {
      let known = training[measure]
      return LifeResult.Row(
        measure: measure.rawValue, unit: measure.unit, training: known,
        servingFirstYear: known, serving: known.map { 3 * $0 }, ratioFirstYear: 1, ratio: 3,
        breakEven: Solution { () throws(Impossibility) in 12 })
    }
    func year(_ number: Double, _ hours: Double) -> LifeResult.Year {
      LifeResult.Year(
        year: number, tokens: 1e9 * hours, serving: effort(hours, at: 2),
        ratio: RatioResult { _ in hours / 1_000 }, cumulative: RatioResult { _ in nil })
    }
    return LifeResult(
      years: 2, growth: 2, firstDay: LifeResult.Day(input: 1, cached: 0, output: 1, gpus: 1),
      tokens: 3e12, rows: Measure.allCases.map(row), perYear: [year(1, 1_000), year(2, 2_000)],
      curve: [])
  }

  private func broken(
    price: Double? = 2, _ change: (inout TrainingResult, inout LifeResult) -> Void
  ) -> [String] {
    var (training, life) = (Self.training(price: price), Self.life())
    change(&training, &life)
    var results = ProjectResults()
    results.training = training
    results.life = price == nil ? nil : life
    return ProjectLaws.broken(results)
  }

  @Test func billsThatAddUpBreakNoLaw() {
    #expect(broken { _, _ in } == [])
    #expect(broken(price: nil) { _, _ in } == [])
  }

  @Test func costCatchesATrainingLineThatIsNoProduct() {
    let found = broken { training, _ in
      training.lines[0].effort.dollars? += 1
      training.lines[1].effort.dollars? -= 1
    }
    #expect(
      found.first == "law L11 (cost) broken: hours at their price, and the cost of the line "
        + "`run 700.0`: 1400.0 and 1401.0")
    #expect(found.count == 2)
  }

  @Test func costCatchesALineOfTrainingThatIsLost() {
    #expect(broken { training, _ in training.lines.removeLast() }.count == 4)
  }

  @Test func costCatchesAYearThatIsCountedTwice() {
    #expect(broken { _, life in life.perYear.append(life.perYear[1]) }.count == 4)
    #expect(broken { _, life in life.rows[2].training? *= 2 }.count == 2)
    #expect(broken { _, life in life.rows[2].ratio? *= 2 }.count == 1)
  }
}
