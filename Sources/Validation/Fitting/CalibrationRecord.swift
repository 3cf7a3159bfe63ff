internal import Diagnostics
internal import OperatorCosts
internal import Scenarios
internal import ServingSimulation
internal import Units

/// A calibration as a file: each engine's parameters, and those that the same points give without
/// one machine, one model or one campaign.
///
///     engines:
///       vllm:
///         points: 341
///         fitted: {one_shot_share: 0.7, per_request: 0.5 ms, ..., platforms: {hopper: {...}}}
///         without_hardware: {h100-sxm: {...}}
///         without_model: {llama-3.3-70b: {...}}
///         without_campaign: {inferencex: {...}}
package struct CalibrationRecord: Equatable, Sendable {
  package struct Engine: Equatable, Sendable {
    package var points: Int
    package var fitted: EngineParameters
    /// Parameters that are fitted without a machine's points, by the machine.
    package var withoutHardware: [String: EngineParameters]
    /// Parameters that are fitted without a model's points, by the model.
    package var withoutModel: [String: EngineParameters]
    /// Parameters that are fitted without a campaign's points, by the campaign
    /// (`MeasuredPoint.family`).
    package var withoutCampaign: [String: EngineParameters] = [:]
  }

  package var engines: [String: Engine] = [:]

  package init(engines: [String: Engine]) { self.engines = engines }

  /// What all releases of an engine share, by the name of any.
  package func engine(_ name: String) -> Engine? { engines[EngineProfile.family(of: name)] }

  /// Everything that is fitted from serving points.
  package var parameterCount: Int { engines.values.reduce(0) { $0 + $1.fitted.count } }

  /// The record that the engine profiles carry.
  package static let shipped = ShippedFile.value(
    at: "measurements/serving/calibration.yaml", read: read)

  // MARK: Reading

  package static func read(_ text: String, file: String) throws -> CalibrationRecord {
    let source = ConfigSource(file: file, kind: "calibration")
    let root = try source.parse(text).mapping()
    var engines: [String: Engine] = [:]
    for (name, node) in root.required("engines")?.mapping().entries() ?? [] {
      let map = node.mapping()
      engines[name] = Engine(
        points: map.required("points")?.integer(in: 1...1_000_000) ?? 0,
        fitted: map.required("fitted").map(parameters) ?? .none,
        withoutHardware: variants(map.required("without_hardware")),
        withoutModel: variants(map.required("without_model")),
        withoutCampaign: variants(map.required("without_campaign")))
      map.finish()
    }
    root.finish()
    try source.check()
    return CalibrationRecord(engines: engines)
  }

  private static func variants(_ node: ConfigNode?) -> [String: EngineParameters] {
    var result: [String: EngineParameters] = [:]
    for (name, node) in node?.mapping().entries() ?? [] { result[name] = parameters(node) }
    return result
  }

  private static func parameters(_ node: ConfigNode) -> EngineParameters {
    let map = node.mapping()
    func seconds(_ map: ConfigMapping, _ key: String) -> Double {
      map.required(key)?.quantity(.seconds, .within(0...10)) ?? 0
    }
    var gaps: [String: StepGaps] = [:]
    for (name, row) in map.required("platforms")?.mapping().entries() ?? [] {
      let row = row.mapping()
      gaps[name] = StepGaps(
        secondsPerStep: seconds(row, "gap_per_step"),
        secondsPerSequence: seconds(row, "gap_per_sequence"),
        secondsPerLayer: seconds(row, "gap_per_layer"),
        secondsPerRecurrentLayer: row.optional("gap_per_recurrent_layer")?
          .quantity(.seconds, .within(0...10)) ?? 0)
      row.finish()
    }
    let parameters = EngineParameters(
      frontEnd: FrontEnd(
        secondsPerRequest: seconds(map, "per_request"),
        secondsPerPromptToken: seconds(map, "per_prompt_token"),
        delaySeconds: seconds(map, "delay")),
      oneShotShare: map.required("one_shot_share")?.number(.within(0...10)) ?? 0,
      secondsPerLaunchedLayer: seconds(map, "per_launched_layer"),
      computeExcess: map.required("compute_excess")?.number(.within(0...10)) ?? 0, gaps: gaps)
    map.finish()
    return parameters
  }

  // MARK: Writing

  package func text() -> String {
    // A key with nothing under it would be null.
    var lines = [engines.isEmpty ? "engines: {}" : "engines:"]
    for (name, engine) in engines.sorted(by: { $0.key < $1.key }) {
      lines += ["  \(name):", "    points: \(engine.points)"]
      lines.append("    fitted: \(Self.text(engine.fitted))")
      for (title, variants) in [
        ("without_hardware", engine.withoutHardware), ("without_model", engine.withoutModel),
        ("without_campaign", engine.withoutCampaign),
      ] {
        lines.append(variants.isEmpty ? "    \(title): {}" : "    \(title):")
        for (key, value) in variants.sorted(by: { $0.key < $1.key }) {
          lines.append("      \(key): \(Self.text(value))")
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ parameters: EngineParameters) -> String {
    let rows = parameters.places.map { name in
      let gaps = parameters.gaps[name] ?? .none
      return "\(name): {gap_per_step: \(time(gaps.secondsPerStep)), "
        + "gap_per_sequence: \(time(gaps.secondsPerSequence)), "
        + "gap_per_layer: \(time(gaps.secondsPerLayer))\(recurrent(gaps))}"
    }
    let frontEnd = parameters.frontEnd
    return "{one_shot_share: \(NumberText.significant(parameters.oneShotShare, 3)), "
      + "per_request: \(time(frontEnd.secondsPerRequest)), "
      + "per_prompt_token: \(time(frontEnd.secondsPerPromptToken)), "
      + "delay: \(time(frontEnd.delaySeconds)), "
      + "per_launched_layer: \(time(parameters.secondsPerLaunchedLayer)), "
      + "compute_excess: \(NumberText.significant(parameters.computeExcess, 3)), "
      + "platforms: {\(rows.joined(separator: ", "))}}"
  }

  /// Where no model with recurrent layers was measured there is nothing to say.
  private static func recurrent(_ gaps: StepGaps) -> String {
    gaps.secondsPerRecurrentLayer < 0.5e-9
      ? "" : ", gap_per_recurrent_layer: \(time(gaps.secondsPerRecurrentLayer))"
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 0.5e-9 ? "0 s" : NumberText.quantity(seconds, .seconds, digits: 3)
  }
}

extension EngineParameters {
  static let none = EngineParameters(frontEnd: .none, oneShotShare: 0, gaps: [:])
}
