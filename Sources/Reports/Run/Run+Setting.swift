internal import Documents
internal import Rendering
internal import Results
internal import Units

// What ran on what.
extension RunFindings {
  var setting: Section {
    Section {
      Part.facts(
        report.inputs.facts(tokens: meanTokens, asksQuestions: asksQuestions))
    }
  }

  /// On average, of the requests that completed.
  private var meanTokens: String {
    let tokens = results.tokens
    let completed = Double(results.requests.completed)
    guard completed > 0 else { return "" }
    func mean(_ count: Int64) -> String { NumberText.fixed(Double(count) / completed, 0) }
    return "; \(asksQuestions ? "a call has " : "")on average \(mean(tokens.input)) tokens in, "
      + (tokens.thinking > 0
        ? "\(mean(tokens.thinking)) thinking, \(mean(tokens.answer)) out"
        : "\(mean(tokens.output)) out")
  }
}

extension RunInputs {
  /// - Parameters:
  ///   - tokens: what its traffic was like, in words.   - asksQuestions: whether calls answer them.
  fileprivate func facts(tokens: String, asksQuestions: Bool) -> [Fact] {
    let isOnePool = pools.count == 1
    let models = Set(pools.compactMap(\.model))
    let machine =
      isOnePool
      ? [machineWords(pools[0]), machines[0].title] : machines.flatMap { [$0.count, $0.title] }
    return [
      Fact("model", modelWords), Fact("machine", machine),
      Fact("engine", isOnePool ? "\(engine.name): \(pools[0].schedulerWords)" : engine.name),
      Fact("workload", workload.words(ofQuestions: asksQuestions) + tokens, workload.traceWords),
    ] + (isOnePool ? pools[0].factsAlone : pools.map { $0.fact(namesModel: models.count > 1) })
      + commandFacts
      + (transfer.map { [Fact("transfer", $0.words)] } ?? [])
  }

  /// What the server's command line said, taken and not.
  private var commandFacts: [Fact] {
    guard let commandLine else { return [] }
    return [Fact("taken", commandLine.taken)]
      + (commandLine.notSimulated.isEmpty ? [] : [Fact("not taken", commandLine.notSimulated)])
  }

  private var modelWords: String {
    let cached = pools.allSatisfy { $0.memory.cacheBlocks > 0 }
    let active =
      model.activeParameters == model.parameters
      ? "" : " (\(CountText.large(Double(model.activeParameters))) active)"
    return "\(model.name), \(CountText.large(Double(model.parameters))) parameters\(active)"
      + (pools.count == 1 ? ", \(pools[0].formats.words(withCache: cached))" : "")
  }

  private func machineWords(_ pool: PoolInputs) -> String {
    let text = "\(Words.count(pool.replicas * pool.layout.accelerators)) x \(pool.hardware.name)"
    if pool.replicas > 1 { return "\(text): \(pool.words)" }
    return text + (pool.layout.words.isEmpty ? "" : ", \(pool.layout.words)")
  }
}

extension PoolInputs {
  /// Where there is no other.
  fileprivate var factsAlone: [Fact] {
    [Fact("memory", memoryWords())] + (speculation.map { [Fact("guesses", $0.words)] } ?? [])
      + (diffusion.map { [Fact("blocks", $0.words)] } ?? [])
      + (adapters.map { [Fact("adapters", $0.words)] } ?? [])
      + (feedForward.map { [Fact("feed-forward", $0.words)] } ?? [])
  }

  fileprivate func fact(namesModel: Bool) -> Fact {
    let model = namesModel ? model : nil
    return Fact(
      name, model.map { "\($0), \(words)" } ?? words, memoryWords(namesFormats: true),
      schedulerWords,
      speculation.map { "guesses: \($0.words)" } ?? "",
      diffusion.map { "blocks: \($0.words)" } ?? "",
      adapters.map { "adapters: \($0.words)" } ?? "",
      feedForward.map { "feed-forward: \($0.words)" } ?? "")
  }

  fileprivate var schedulerWords: String {
    "\(scheduler.policy), steps of up to \(Words.count(scheduler.tokenBudget)) tokens and "
      + "\(Words.count(scheduler.maximumSequences)) sequences"
      + (scheduler.overlapsBatches ? ", two batches overlapped" : "")
      + (scheduler.order == nil ? "" : ", by priority")
      + (scheduler.preemptionMargin.map {
        ", who runs gives way" + ($0 > 0 ? " to what is more urgent by more than \($0)" : "")
      } ?? "")
  }

  private func memoryWords(namesFormats: Bool = false) -> String {
    func format(_ name: String) -> String { namesFormats ? " in \(name)" : "" }
    let weights =
      Words.bytes(Double(memory.capacityBytes))
      + (layout.chips == nil ? " each" : " on all chips")
      + ": weights \(Words.bytes(Double(memory.weightBytes)))\(format(formats.weights)), "
    if memory.cacheBlocks == 0 { return "\(weights)no cache: nothing is kept of a text" }
    let text =
      weights + "cache " + Words.bytes(Double(memory.cacheBytes)) + format(formats.keyValueCache)
    guard let tokens = memory.cacheTokens else {
      return "\(text) for \(Words.count(memory.cacheBlocks)) sequences"
    }
    return "\(text) for \(Words.count(tokens)) tokens"
  }
}

extension PoolInputs.FeedForward {
  fileprivate var words: String {
    "\(Words.count(chips)) x \(hardware.name), "
      + "\(NumberText.quantity(bytesPerSecond, .bytesPerSecond)) and "
      + "\(NumberText.quantity(latencySeconds, .seconds)) away"
  }
}

extension PoolInputs.Formats {
  var words: String { words(withCache: true) }

  func words(withCache isCached: Bool) -> String {
    "weights \(weights)" + (isCached ? ", KV cache \(keyValueCache)" : "")
  }
}

extension PoolInputs.Adapters {
  fileprivate var words: String { "\(Words.count(count)) of rank \(rank), wanted alike" }
}

extension PoolInputs.Speculation {
  fileprivate var words: String {
    let rates = acceptance.map { NumberText.significant($0, 2) }
    let tree = branches.map { ", \($0) branches, \(verifiedTokens ?? 0) tokens verified" } ?? ""
    return method + (model.map { " by \($0)" } ?? "") + tree
      + ", right at \(rates.joined(separator: ", ")): "
      + "\(NumberText.significant(tokensPerStep, 3)) tokens a step"
  }
}

extension PoolInputs.Diffusion {
  fileprivate var words: String {
    "\(block) tokens refined together in \(NumberText.significant(passes, 3)) passes: "
      + "\(NumberText.significant(tokensPerPass, 3)) tokens a pass"
  }
}

extension TransferInputs {
  fileprivate var words: String {
    "\(NumberText.quantity(bytesPerSecond, .bytesPerSecond)) and "
      + "\(NumberText.quantity(latencySeconds, .seconds)) from one to the other, "
      + (link == "scenario" ? "as the scenario says" : "over `\(link)`")
  }
}

extension WorkloadInputs {
  /// A rate as somebody typed it; what was reckoned from that, to six digits.
  private static func typed(_ rate: Double) -> String {
    NumberText.plain(ReportNumber.rounded(rate))
  }

  /// What is replayed, where its requests are not drawn.
  fileprivate var traceWords: String {
    trace.map { "as recorded in \($0.file) (\($0.format))" } ?? ""
  }

  fileprivate func words(ofQuestions: Bool) -> String {
    "\(Words.count(requests, ofQuestions ? "question" : "request")), \(process)"
      + (rate.map { " at \(Self.typed($0)) req/s" } ?? "")
      + (peakRate.map { ", \(Self.typed($0)) at the peak" } ?? "")
      + (clients.map { " of \(Words.count($0, "client"))" } ?? "")
  }
}
