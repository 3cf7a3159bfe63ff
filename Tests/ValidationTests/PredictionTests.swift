import Diagnostics
import Hardware
import OperatorCosts
internal import ParallelRuns
import Scenarios
import ServingSimulation
import Testing
import Workloads

@testable import Validation

struct PredictionTests {
  private func predict(
    _ points: [MeasuredPoint], jobs: Int = 1, stages: [PredictionStage] = [.fullyCalibrated],
    watch: PredictionRun.Watch = PredictionRun.Watch()
  ) -> [PredictedPoint] {
    PredictionRun(of: points, from: .builtIn, watch: watch)
      .predict(points, jobs: jobs) { _ in stages }
  }

  @Test func everyMetricOfAPointIsPredicted() throws {
    let predicted = predict([try SamplePoints.point()])[0]
    let values = try #require(predicted.prediction?.values)
    #expect(Set(values.keys) == Set(Metric.allCases))
    // Eleven tokens in and out for each token out.
    let output = try #require(values[.outputThroughput])
    #expect(abs(values[.totalThroughput]! / output - 11) < 1e-9)
    // 8.03 billion weights of two bytes on two machines of 4.8 TB/s: at least 1.67 ms a token.
    #expect(values[.medianTimePerOutputToken]! > 1.67)
    #expect(predicted.prediction?.brokenLaws == [])
    let shares = try #require(predicted.prediction?.observations.shares)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
    let observations = try #require(predicted.prediction?.observations)
    // Reading the weights is most of a small step, and arithmetic next to nothing.
    #expect((0.3..<1).contains(observations.ofPeakBandwidth))
    #expect((0.0001..<0.1).contains(observations.ofPeakCompute))
    #expect((0..<0.1).contains(observations.waiting))
    #expect(observations.preempted == 0)
  }

  @Test func waitingIsAShareOfTheTimeThatRequestsAreThere() throws {
    // Far more prompts than the cache holds.
    let crowded = try SamplePoints.point([
      "load": "offline", "requests": "3000", "isl": "4000", "osl": "100", "tp": "1", "gpus": "1",
    ])
    let waiting = predict([crowded])[0].prediction?.observations.waiting
    #expect(try #require(waiting) > 0.5)
  }

  @Test func answersOfOneTokenHaveNoTimePerOutputToken() throws {
    let predicted = predict([try SamplePoints.point(["osl": "1"])])[0]
    #expect(predicted.prediction?.values[.meanTimePerOutputToken] == nil)
    #expect(predicted.prediction?.values[.medianTimePerOutputToken] == nil)
    #expect(predicted.prediction?.values[.outputThroughput] != nil)
  }

  /// Law: what uses fewer measurements is faster, because nothing that was measured beats a peak.
  @Test(arguments: [["tp": "2"], ["weights": "fp8", "concurrency": "6"]])
  func stagesAreInOrder(changes: [String: String]) throws {
    let predicted = predict(
      [try SamplePoints.point(changes)], stages: PredictionStage.allCases)[0]
    let stages: [PredictionStage] = [.datasheetOnly, .kernelCalibrated, .fullyCalibrated]
    let times = stages.compactMap {
      predicted.predictions[$0]?.values[.meanTimePerOutputToken]
    }
    #expect(times.count == stages.count)
    #expect(times == times.sorted())
    #expect(times[0] < 0.9 * times[1])
    #expect(times[1] < times[2])
  }

  @Test func datasheetKnowsNoMeasurement() throws {
    let machine = try HardwareCatalogue.load(nameOrPath: "gb200-nvl72").asDatasheet
    for operation in OperatorClass.allCases {
      for arithmetic in machine.efficiencies.arithmetics(of: operation) {
        let efficiency = try #require(machine.efficiency(of: operation, arithmetic))
        #expect(efficiency.compute ?? 1 == 1)
        #expect(efficiency.memory ?? 1 == 1)
        #expect(efficiency.floorSeconds == 0)
        #expect(efficiency.depthLatencySeconds == 0)
        #expect(efficiency.serialTraffic == 0)
      }
    }
    #expect(machine.scaleUp.collectives.isEmpty)
    #expect(machine.scaleUp.expertExchange == nil)
    #expect(machine.scaleOut?.expertExchange == nil)
    #expect(machine.scaleUp.bandwidth != nil)
  }

  @Test func engineWithoutSoftwareTimesHasNone() throws {
    let engine = try EngineCatalogue.load(nameOrPath: "vllm")
    let bare = engine.withoutSoftwareTimes
    #expect(bare.host.femtoseconds(sequences: 100, prompts: 10) == 0)
    #expect(bare.host.gaps == .none)
    #expect(bare.platforms.isEmpty)
    #expect(bare.frontEnd == .none)
    #expect(bare.host.capturedBatches == engine.host.capturedBatches)
    #expect(bare.tokenBudget == engine.tokenBudget)
  }

  @Test func resultsAreInOrderWhateverTheNumberOfJobs() throws {
    let points = try (1...7).map {
      try SamplePoints.point(["id": "\($0)", "requests": "\($0 * 2)", "isl": "\($0 * 50)"])
    }
    let alone = predict(points, jobs: 1)
    let together = predict(points, jobs: 4)
    #expect(together.map(\.point.id) == points.map(\.id))
    #expect(together.map(\.predictions) == alone.map(\.predictions))
    #expect(PredictedPoint.fingerprint(of: together) == PredictedPoint.fingerprint(of: alone))
    #expect(
      PredictedPoint.fingerprint(of: alone) != PredictedPoint.fingerprint(of: alone.reversed()))
  }

  @Test func longCasesAreBegunFirst() {
    let begun = OrderOfCases()
    let work: @Sendable (Int) -> Int = { number in
      begun.add(number)
      return number * 10
    }
    let results = ParallelCases.map([3, 9, 5, 9], jobs: 1, weight: { $0 }, work)
    #expect(begun.all == [9, 9, 5, 3])
    #expect(results == [30, 90, 50, 90])
    #expect(ParallelCases.map([Int](), jobs: 3) { $0 } == [])
  }

  @Test func progressEndsWithTheWhole() throws {
    let shares = OrderOfCases()
    let watch = PredictionRun.Watch(progress: { shares.add(Int($0 * 100)) })
    _ = predict([try SamplePoints.point(), try SamplePoints.point()], watch: watch)
    #expect(shares.all == [50, 100])
  }

  @Test func cancelledRunEndsEarly() throws {
    let watch = PredictionRun.Watch(isCancelled: { true })
    let points = [
      try SamplePoints.point(),
      try SamplePoints.point(["requests": "100000", "concurrency": "500"]),
    ]
    for predicted in predict(points, watch: watch) {
      #expect(predicted.predictions.isEmpty)
      #expect(!predicted.isRefused)
    }
  }

  @Test func longRunIsLeftInItsMiddle() throws {
    let asked = OrderOfCases()
    // Before the point, before its stage, then between slices of its run.
    let watch = PredictionRun.Watch(isCancelled: {
      asked.add(1)
      return asked.all.count > 5
    })
    let long = try SamplePoints.point(["requests": "100000", "concurrency": "500"])
    #expect(predict([long], watch: watch)[0].predictions.isEmpty)
    #expect(asked.all.count == 6)
  }

  @Test(arguments: [
    (["hardware": "h2000-sxm"], "unknown hardware profile `h2000-sxm`"),
    (["model": "llama-9-8b"], "unknown model `llama-9-8b`"),
    (["engine": "vlm"], "unknown engine profile `vlm`"),
    (["model": "a: {b"], "`model` is no name: a: {b"),
    (["weights": "fp8\u{1}"], "`weights` is no name: fp8\u{1}"),
    (["concurrency": "", "isl": ""], "the file does not say `isl`, `concurrency`"),
  ])
  func pointThatCannotBeSimulatedSaysWhy(changes: [String: String], reason: String) throws {
    let predicted = predict([try SamplePoints.point(changes)])[0]
    #expect(predicted.isRefused)
    #expect(predicted.prediction == nil)
    #expect(predicted.refusal == reason)
  }

  @Test func pointThatDoesNotFitSaysByHowMuch() throws {
    let big = try SamplePoints.point(["model": "Llama-3.1-405B"])
    #expect(predict([big])[0].refusal.hasPrefix("the model does not fit: "))
    let long = try SamplePoints.point(["isl": "9000000"])
    #expect(predict([long])[0].refusal == "6 of 6 requests can never fit")
  }

  @Test func scenarioOfAPointReadsAsOne() throws {
    let point = try SamplePoints.point(["id": "odd: {name", "speculative": ""])
    #expect(predict([point])[0].refusals == [])
    let text = PredictionRun.scenarioText(of: try SamplePoints.point())
    let scenario = try ScenarioCatalogue.read(text: text, file: "p.yaml")
    #expect(scenario.name == "P-1")
    #expect(scenario.workload.requests == 6)
  }
}
