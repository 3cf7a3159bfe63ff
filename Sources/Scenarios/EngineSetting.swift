internal import Diagnostics
internal import OperatorCosts
internal import ServingSimulation
internal import Units

/// One setting of an engine profile: where it stands, what it may be, where it goes, and what a
/// slightly different engine has there. A new setting is a row of `rows` and a field.
struct EngineSetting: Sendable {
  /// Path of the setting in the file: `host.per_step`.
  let path: String
  /// Profiles may leave out what engines do not do that do not say so.
  let isRequired: Bool
  let read: @Sendable (ConfigNode, inout EngineProfile) -> Void
  /// Makes an amount larger by a share of itself, or what it is a share of if it is none; a count
  /// by one; a choice the next one; turns a switch over, and empties a list.
  ///
  /// - Returns: whether it is larger in that proportion.
  let change: @Sendable (_ share: Double, inout EngineProfile) -> Bool

  /// Takes the setting over from another engine.
  let copy: @Sendable (EngineProfile, inout EngineProfile) -> Void
  /// Whether a scenario may state it, under the same path.
  var isOpenToScenarios = false

  /// The parts of the path.
  var section: String { String(path.prefix { $0 != "." }) }
  var key: String { String(path.dropFirst(section.count + 1)) }

  typealias Field<Value> = any WritableKeyPath<EngineProfile, Value> & Sendable

  static let rows: [EngineSetting] = [
    choice("scheduler.policy", \.policy).openToScenarios,
    count("scheduler.token_budget", \.tokenBudget, 1...1_048_576).openToScenarios,
    count("scheduler.maximum_sequences", \.maximumSequences, 1...65_536).openToScenarios,
    amount("scheduler.reserved_answer_share", \.reservedAnswerShare, nil, .within(0...1))
      .openToScenarios,
    onOff("scheduler.overlap_batches", \.overlapsBatches).openToScenarios,
    onOff("scheduler.preempts_running", \.preemptsRunning).openToScenarios,
    count("scheduler.preemption_margin", \.preemptionMargin, 0...1_000_000, isRequired: false)
      .openToScenarios,
    amount("memory.usable_fraction", \.memory.usableFraction, nil, .within(0.01...1))
      .openToScenarios,
    choice("memory.fraction_of", \.memory.basis, isRequired: false),
    amount("memory.reserved", \.memory.reservedBytes, .bytes, .nonNegative).openToScenarios,
    size("memory.communication", \.memory.communicationBytes),
    size("memory.graphs", \.memory.graphBytes),
    size("memory.graphs_per_layer", \.memory.graphBytesPerLayer),
    size("memory.per_logit", \.memory.bytesPerLogit),
    count(
      "memory.expert_hidden_multiple", \.memory.expertPadding.hidden, 1...65_536,
      isRequired: false),
    count(
      "memory.expert_inner_multiple", \.memory.expertPadding.inner, 1...65_536,
      isRequired: false),
    count(
      "memory.widened_inner_multiple", \.memory.expertPadding.innerWidened, 1...65_536,
      isRequired: false),
    generations("memory.expert_workspace", \.memory.workspaceGenerations),
    count("memory.block_tokens", \.memory.blockTokens, 1...1_024).openToScenarios,
    onOff("memory.prefix_cache", \.cachesPrefixes),
    onOff("memory.share_planned", \.sharesPlannedPrefixes),
    onOff("memory.retract_to_host", \.retractsToHost),
    amount("host.per_step", \.host.secondsPerStep, .seconds, .within(0...10)),
    amount("host.per_sequence", \.host.secondsPerSequence, .seconds, .within(0...1)),
    amount("host.per_prefill", \.host.secondsPerPrefill, .seconds, .within(0...10)),
    amount(
      "host.per_launched_layer", \.host.secondsPerLaunchedLayer, .seconds, .within(0...1),
      isRequired: false),
    amount(
      "host.compute_excess", \.host.computeExcess, nil, .within(0...10), isRequired: false),
    onOff("host.overlaps_accelerator", \.host.overlapsAccelerator, isRequired: true),
    onOff("host.overlaps_prefill_workers", \.overlapsPrefillWorkers),
    amount("host.exposed_elementwise_floor", \.host.exposedElementwiseFloor, nil, .within(0...1)),
    batches("host.captured_batches", \.host.capturedBatches),
    batches("host.speculative_batches", \.speculativeBatches),
    onOff("host.captures_tokens", \.capturesTokens),
    amount("host.one_shot_share", \.host.oneShotShare, nil, .within(0...10), isRequired: false),
    onOff("host.fused_experts", \.host.fusesExperts),
    amount(
      "front_end.per_request", \.frontEnd.secondsPerRequest, .seconds, .within(0...1),
      isRequired: false),
    amount(
      "front_end.per_prompt_token", \.frontEnd.secondsPerPromptToken, .seconds, .within(0...1e-3),
      isRequired: false),
    amount(
      "front_end.delay", \.frontEnd.delaySeconds, .seconds, .within(0...10),
      isRequired: false),
    amount(
      "front_end.handover", \.handoverSeconds, .seconds, .within(0...10),
      isRequired: false),
  ]

  private var openToScenarios: EngineSetting {
    var row = self
    row.isOpenToScenarios = true
    return row
  }

  private static func copying<Value>(
    _ field: Field<Value>
  ) -> @Sendable (EngineProfile, inout EngineProfile) -> Void {
    { $1[keyPath: field] = $0[keyPath: field] }
  }

  /// - Parameter dimension: nil for a number without a unit.
  private static func amount(
    _ path: String, _ field: Field<Double>, _ dimension: Dimension?,
    _ bounds: Bounds, isRequired: Bool = true
  ) -> EngineSetting {
    EngineSetting(
      path: path, isRequired: isRequired,
      read: { node, engine in
        engine[keyPath: field] =
          dimension.map { node.quantity($0, bounds) } ?? node.number(bounds)
      },
      change: { share, engine in
        let isNone = engine[keyPath: field] == 0
        engine[keyPath: field] *= 1 + share
        if isNone, dimension == nil { engine[keyPath: field] = share }
        return !isNone
      }, copy: copying(field))
  }

  private static func size(_ path: String, _ field: Field<Double>) -> EngineSetting {
    amount(path, field, .bytes, .nonNegative, isRequired: false)
  }

  /// Numbers, and `{from: 16, to: 256, step: 8}` for those in between, both ends included.
  private static func batches(_ path: String, _ field: Field<[Int]>) -> EngineSetting {
    EngineSetting(
      path: path, isRequired: false,
      read: { list, engine in
        let range = 1...65_536
        engine[keyPath: field] = list.sequence().flatMap { node -> [Int] in
          guard node.isMapping else { return [node.integer(in: range)] }
          let row = node.mapping()
          let ends = ["from", "to", "step"].map { row.required($0)?.integer(in: range) ?? 1 }
          row.finish()
          return Array(stride(from: ends[0], through: ends[1], by: ends[2]))
        }.sorted()
      },
      change: { _, engine in
        engine[keyPath: field] = []
        return false
      }, copy: copying(field))
  }

  /// Names of generations of machines, as their profiles have them.
  private static func generations(_ path: String, _ field: Field<[String]>) -> EngineSetting {
    EngineSetting(
      path: path, isRequired: false,
      read: { list, engine in engine[keyPath: field] = list.sequence().map { $0.words() } },
      change: { _, engine in
        engine[keyPath: field] = []
        return false
      }, copy: copying(field))
  }

  private static func count(
    _ path: String, _ field: Field<Int>, _ range: ClosedRange<Int>, isRequired: Bool = true
  ) -> EngineSetting {
    EngineSetting(
      path: path, isRequired: isRequired,
      read: { node, engine in engine[keyPath: field] = node.integer(in: range) },
      change: { _, engine in
        engine[keyPath: field] += 1
        return false
      }, copy: copying(field))
  }

  private static func onOff(
    _ path: String, _ field: Field<Bool>, isRequired: Bool = false
  ) -> EngineSetting {
    EngineSetting(
      path: path, isRequired: isRequired,
      read: { node, engine in engine[keyPath: field] = node.boolean() },
      change: { _, engine in
        engine[keyPath: field].toggle()
        return false
      }, copy: copying(field))
  }

  private static func choice<Choice>(
    _ path: String, _ field: Field<Choice>, isRequired: Bool = true
  ) -> EngineSetting
  where
    Choice: CaseIterable & RawRepresentable<String> & Equatable & SendableMetatype,
    Choice.AllCases: SendableMetatype
  {
    EngineSetting(
      path: path, isRequired: isRequired,
      read: { node, engine in
        engine[keyPath: field] = node.choice(Choice.self, default: engine[keyPath: field])
      },
      change: { _, engine in
        let all = Array(Choice.allCases)
        let place = all.firstIndex(of: engine[keyPath: field])!
        engine[keyPath: field] = all[(place + 1) % all.count]
        return false
      }, copy: copying(field))
  }
}

extension EngineProfile {
  /// This engine with one of its `settings` another one: an amount larger by a share of itself, a
  /// switch turned over. Nil where no setting has the path.
  ///
  /// - Returns: the engine, and whether it differs in that proportion.
  package func changed(
    _ path: String, by share: Double
  ) -> (engine: EngineProfile, isInProportion: Bool)? {
    var engine = self
    if let row = EngineSetting.rows.first(where: { $0.path == path }) {
      let isInProportion = row.change(share, &engine)
      return (engine, isInProportion)
    }
    if path == "memory.held_back", let held = heldBack {
      engine.heldBack = held.scaled(by: 1 + share)
      return (engine, false)
    }
    if path.hasPrefix("machines."), let index = Int(path.dropFirst(9)),
      machines.indices.contains(index)
    {
      engine.machines[index] = machines[index].another
      return (engine, false)
    }
    let platform = String(path.drop { $0 != "." }.dropFirst())
    guard path.hasPrefix("platforms."), let gaps = platforms[platform] else { return nil }
    engine.platforms[platform] = gaps.scaled(by: 1 + share)
    return (engine, true)
  }
}
