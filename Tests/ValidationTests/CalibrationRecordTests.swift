import OperatorCosts
import Scenarios
import ServingSimulation
import Testing

@testable import Validation

struct CalibrationRecordTests {
  private func parameters(_ factor: Double) -> EngineParameters {
    EngineParameters(
      frontEnd: FrontEnd(
        secondsPerRequest: 0.5e-3 * factor, secondsPerPromptToken: 2e-6, delaySeconds: 0.0125),
      oneShotShare: 0.75 * factor, secondsPerLaunchedLayer: 0.25e-3 * factor,
      computeExcess: 0.125 * factor,
      gaps: [
        "hopper": StepGaps(
          secondsPerStep: 0.25e-3, secondsPerSequence: 4e-6 * factor, secondsPerLayer: 0),
        "blackwell": StepGaps(secondsPerStep: 0, secondsPerSequence: 0, secondsPerLayer: 1.5e-6),
      ])
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let record = CalibrationRecord(engines: [
      "vllm": CalibrationRecord.Engine(
        points: 341, fitted: parameters(1),
        withoutHardware: ["h100-sxm": parameters(2), "b200-sxm": parameters(0.5)],
        withoutModel: ["llama-3.3-70b": parameters(4)],
        withoutCampaign: ["inferencex": parameters(3)]),
      "sglang": CalibrationRecord.Engine(
        points: 1, fitted: EngineParameters(frontEnd: .none, oneShotShare: 0, gaps: [:]),
        withoutHardware: [:], withoutModel: [:]),
    ])
    let text = record.text()
    let again = try CalibrationRecord.read(text, file: "calibration.yaml")
    #expect(again.text() == text)
    #expect(again.engines.keys.sorted() == ["sglang", "vllm"])
    let (old, new) = (record.engines["vllm"]!, again.engines["vllm"]!)
    #expect(new.points == 341)
    #expect(new.withoutHardware.keys.sorted() == ["b200-sxm", "h100-sxm"])
    for (one, other) in [
      (old.fitted, new.fitted),
      (old.withoutHardware["h100-sxm"]!, new.withoutHardware["h100-sxm"]!),
      (old.withoutModel["llama-3.3-70b"]!, new.withoutModel["llama-3.3-70b"]!),
      (old.withoutCampaign["inferencex"]!, new.withoutCampaign["inferencex"]!),
    ] {
      #expect(one.places == other.places)
      for (a, b) in zip(one.vector, other.vector) { #expect(abs(a - b) <= 1e-9) }
    }
    #expect(again.engines["sglang"] == record.engines["sglang"])
    #expect(again.parameterCount == 6 + 6 + 4)
  }

  /// Gaps of compiled engines on one generation, and two handovers, are beside the record.
  @Test func whatIsFittedIsCounted() {
    #expect(FittedParameters.count == CalibrationRecord.shipped.parameterCount + 3 + 2)
    #expect(FittedParameters.count < 80)
  }

  /// An engine whose profile has no launches to fit has none after a fit.
  @Test func whatAProfileDoesNotHaveIsNotFitted() {
    let full = parameters(1)
    #expect(full.count == 6 + 6)
    #expect(!(0..<6).contains(where: full.isFixed))
    var bare = full
    bare.secondsPerLaunchedLayer = 0
    bare.computeExcess = 0
    #expect(bare.count == 4 + 6)
    #expect((0..<6).filter(bare.isFixed) == [4, 5])
  }

  @Test func gapsOfAReleaseAreItsOwn() throws {
    let newest = try EngineCatalogue.load(nameOrPath: "sglang")
    let release = try EngineCatalogue.load(nameOrPath: "sglang@0.5")
    let place = EngineParameters.place(of: release, on: "cdna4", newest: newest)
    #expect(place == "sglang@0.5/cdna4")
    #expect(EngineParameters.place(of: release, on: "blackwell", newest: newest) == "blackwell")
    var tuned = parameters(1)
    let own = StepGaps(secondsPerStep: 1e-3, secondsPerSequence: 0, secondsPerLayer: 0)
    tuned.gaps[place] = own
    #expect(tuned.applied(to: release).platforms["cdna4"] == own)
    #expect(tuned.applied(to: newest).platforms == parameters(1).gaps)
  }

  @Test func anEmptyRecordIsWrittenAndReadAgain() throws {
    let empty = CalibrationRecord(engines: [:])
    #expect(try CalibrationRecord.read(empty.text(), file: "calibration.yaml") == empty)
  }
}
