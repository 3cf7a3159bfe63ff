import Diagnostics
import Testing

@testable import Validation

struct AccuracyCardTests {
  private func close(_ left: Double?, _ right: Double) -> Bool {
    left.map { abs($0 - right) < 1e-12 } ?? false
  }

  @Test func groupsHoldTheirPointsAndNoOthers() throws {
    let card = AccuracyCard([
      try SamplePoints.predicted(["id": "1"], off: 1.1),
      try SamplePoints.predicted(["id": "2", "hardware": "b200-sxm"], off: 0.7),
      try SamplePoints.predicted(["id": "3", "grade": "B"], off: 3),
      try SamplePoints.predicted(["id": "4", "speculative": "mtp"], off: 2),
      try SamplePoints.predicted(["id": "5", "load": "offline", "concurrency": ""], off: 1.5),
    ])
    #expect((card.counts.read, card.counts.simulated, card.counts.refused) == (5, 5, 0))
    #expect(card.sections.map(\.name) == ["aggregated", "aggregated, offline", "with MTP"])
    #expect(card.sections.map(\.counts.read) == [2, 1, 1])
    #expect(close(card.sections[0].errors(.timePerOutputToken)?.median, 0.2))
    #expect(close(card.sections[0].errors(.timePerOutputToken)?.bias, -0.1))
    #expect(card.overall?.counts.read == 4)
    #expect(
      card.divisions.map(\.name) == [
        "hardware", "model", "engine", "weights", "mode", "load", "campaign", "use in fitting",
      ])
    let hardware = card.divisions[0].groups
    #expect(hardware.map(\.name) == ["b200-sxm", "h200-sxm"])
    #expect(close(hardware[0].errors(.throughput)?.bias, -0.3))
    #expect(hardware[1].counts.read == 3)
    #expect(card.divisions[5].groups.map(\.name) == ["closed", "offline"])
    #expect(card.apart.map(\.name) == ["grade B"])
    #expect(close(card.apart[0].errors(.throughput)?.mean, 2))
  }

  @Test func refusedPointsAreCountedAndHaveNoErrors() throws {
    let refused = PredictedPoint(
      try SamplePoints.point(), refusals: [.init(code: "x/y", "no such machine")])
    let card = AccuracyCard([refused])
    #expect((card.counts.simulated, card.counts.refused) == (0, 1))
    #expect(card.sections[0].counts.refused == 1)
    #expect(card.sections[0].errors(.timePerOutputToken) == nil)
    #expect(AccuracyCard([]).overall == nil)
  }

  @Test func stagesAreKeptApart() throws {
    var point = try SamplePoints.predicted(off: 1.5)
    point.predictions[.datasheetOnly] = PointPrediction(values: [.medianTimePerOutputToken: 1])
    let group = try #require(AccuracyCard([point]).sections.first)
    #expect(close(group.errors(.timePerOutputToken, .datasheetOnly)?.bias, -0.75))
    #expect(group.errors(.timePerOutputToken, .kernelCalibrated) == nil)
    #expect(close(group.errors(.timePerOutputToken)?.bias, 0.5))
  }

  @Test func bestMeasuredFigureDecides() throws {
    let both = try SamplePoints.point([
      "tpot_ms_mean": "10", "tpot_ms_median": "8", "output_tok_s_per_gpu": "5",
      "total_tok_s_per_gpu": "50", "ttft_ms_median": "20",
    ])
    let prediction = PointPrediction(
      values: [
        .meanTimePerOutputToken: 11, .medianTimePerOutputToken: 10, .outputThroughput: 6,
        .totalThroughput: 55, .meanTimeToFirstToken: 31, .medianTimeToFirstToken: 21,
      ])
    func columns(_ point: MeasuredPoint) -> [Metric?] {
      CardMetric.allCases.map { $0.figures(of: point, prediction)?.column }
    }
    #expect(
      columns(both) == [
        .medianTimePerOutputToken, .meanTimeToFirstToken, .medianTimeToFirstToken,
        .outputThroughput, nil, nil,
      ])
    let rest = try SamplePoints.point([
      "tpot_ms_mean": "10", "tpot_ms_median": "", "output_tok_s_per_gpu": "",
      "total_tok_s_per_gpu": "50", "ttft_ms_mean": "",
    ])
    #expect(columns(rest) == [.meanTimePerOutputToken, nil, nil, .totalThroughput, nil, nil])
    // What does not exist is compared with nothing.
    #expect(CardMetric.throughput.figures(of: both, PointPrediction(values: [:])) == nil)
    #expect(CardMetric.throughput.figures(of: both, nil) == nil)
  }

  @Test(arguments: [
    (["mode": "aggregated"], CardSection.aggregated),
    (["load": "open", "rate": "2"], .aggregated), (["load": "offline"], .offline),
    (["mode": "disaggregated"], .disaggregated),
    (["mode": "disaggregated", "load": "offline"], .disaggregated),
    (["mode": "disaggregated", "speculative": "mtp"], .speculative),
    (["load": "offline", "speculative": "mtp"], .speculative),
  ])
  func everyPointIsOfOneKind(changes: [String: String], section: CardSection) throws {
    #expect(CardSection(try SamplePoints.point(changes)) == section)
  }
}
