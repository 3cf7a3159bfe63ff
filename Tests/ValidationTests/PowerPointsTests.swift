import Diagnostics
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import Validation

/// Power against what accelerators drew. The parts of it that are fitted were fitted to every other
/// row; the rows between are what holds them here.
@Suite struct PowerPointsTests {
  private static let points: [MeasuredPoint] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../measurements/power/points.csv").standardizedFileURL.path
    do {
      return try PointsFile(CSVTable.read(file)).points
    } catch {
      preconditionFailure("the measurements are not valid: \(error)")
    }
  }()

  private func predict(_ points: [MeasuredPoint]) -> [PredictedPoint] {
    PredictionRun(of: points, from: .builtIn).predict(points, jobs: 1) { _ in [.fullyCalibrated] }
  }

  private func median(_ metric: CardMetric, _ points: [PredictedPoint]) -> Double {
    ErrorStatistics.quantile(
      0.5,
      of: points.compactMap { point in
        metric.figures(of: point.point, point.prediction)
          .map { abs($0.predicted / $0.measured - 1) }
      }.sorted())
  }

  /// An 8B model on one H100: 427 W with 8 clients, 573 with 128.
  @Test func powerRisesWithWork() throws {
    let points = ["MLE-0217", "MLE-0222"].compactMap { id in Self.points.first { $0.id == id } }
    let figures = try predict(points).map {
      try #require(CardMetric.acceleratorPower.figures(of: $0.point, $0.prediction))
    }
    #expect(figures.count == 2)
    #expect(figures[1].predicted > figures[0].predicted + 80)
    for figure in figures { #expect(abs(figure.predicted / figure.measured - 1) < 0.08) }
  }

  @Test func everyRowHasItsPower() {
    #expect(Self.points.count == 205)
    for point in Self.points {
      #expect(point.measured[.acceleratorPower] != nil, "\(point.id)")
      #expect(point.measured[.energyPerToken] != nil, "\(point.id)")
      #expect(point.apartness == nil && point.unknown == [], "\(point.id)")
    }
  }

  @Test(.enabled(if: LongTests.areEnabled)) func rowsNotFittedToAreNear() {
    let tested = Self.points.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let predicted = predict(tested)
    #expect(predicted.allSatisfy { !$0.isRefused })
    #expect(median(.acceleratorPower, predicted) < 0.1)
    #expect(median(.energyPerToken, predicted) < 0.1)
  }
}
