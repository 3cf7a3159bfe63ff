import ServingSimulation
import Statistics
import TestSupport
import Units
import Workloads

extension RandomCluster {
  /// Shared texts, conversations, a published share of hits, or a trace with ids.
  mutating func changeTraffic() {
    if case .trace = configuration.workload.arrivals {
      addChains()
      return
    }
    var first = configuration.workload.classes[0]
    switch random.integer(in: 0...4) {
    case 0:
      first.cachedShare = pick([0.3, 0.9, 1])
      notes.append("cached share \(first.cachedShare!)")
    case 1, 2:
      first.sharedPrefix = SharedPrefix(
        tokens: .uniform(pick([1...10, 20...40, 60...200])), variants: pick([1, 3, 20]),
        popularity: pick([0, 1]))
    default: break
    }
    if chance(0.4) {
      first.sessions = Sessions(
        turns: .uniform(1...pick([2, 6])),
        thinkTime: .fixed(seconds: pick([0, step, alone])))
      makeAgents(of: &first.sessions!)
    }
    notes.append("\(first)")
    configuration.workload.classes[0] = first
    speedUp()
  }

  /// Lets tools fail and contexts be summed up, from a stream of its own.
  private mutating func makeAgents(of sessions: inout Sessions) {
    let others = random
    defer { random = others }
    random = RandomStream(seed: seed, name: "agents")
    sessions.tools = pick([1, 1, 2])
    if chance(0.3) { sessions.failures = ToolFailures(share: 0.4, input: .uniform(1...9)) }
    guard chance(0.4) else { return }
    sessions.compaction = Compaction(
      at: pick([30, 100]), instruction: pick([0, 5]), summary: .uniform(1...12))
  }

  /// Lets several calls answer, from a stream of its own as well.
  mutating func askQuestions() {
    random = RandomStream(seed: seed, name: "questions")
    if case .trace = configuration.workload.arrivals { return }
    let classes = configuration.workload.classes
    guard classes.allSatisfy({ $0.sessions == nil && $0.cachedShare == nil }), chance(0.5) else {
      return
    }
    configuration.workload.requests = max(1, configuration.workload.requests / 5)
    for index in classes.indices {
      configuration.workload.classes[index].strategy = pick([
        .vote(.init(samples: 7, agreement: .init(share: 0.7, others: 2))),
        .vote(.init(samples: 5, atOnce: 3, agreement: .init(share: 0.4, others: 1))),
        .vote(.init(samples: 4)), .best(.init(samples: 3, verdict: 2)),
        .debate(agents: 2, rounds: 2), .tree(.init(width: 2, branches: 2, depth: 2, verdict: 1)),
      ])
    }
    random = RandomStream(seed: seed, name: "scores")
    if chance(0.2) {
      configuration.workload.classes[classes.count - 1].strategy = pick([
        .best(.init(samples: 2, verdict: 0)), .batch(.init(texts: 4, text: .uniform(1...40))),
      ])
    }
    notes.append("\(configuration.workload.classes.map(\.strategy))")
  }

  /// Arrivals in proportion to the number of replicas.
  private mutating func speedUp() {
    let factor = Double(configuration.pools.map(\.replicas).min()!) * pick([0.3, 1, 2])
    switch configuration.workload.arrivals {
    case .poisson(let rate): configuration.workload.arrivals = .poisson(rate: rate * factor)
    case .gamma(let rate, let cv):
      configuration.workload.arrivals = .gamma(rate: rate * factor, coefficientOfVariation: cv)
    default: break
    }
    notes.append("in fact \(configuration.workload.arrivals)")
  }

  /// Gives a trace ids: a prompt goes on from the full blocks of an earlier one, or begins anew.
  private mutating func addChains() {
    guard let settings = configuration.pools.compactMap(\.prefixCache).first else { return }
    var entries = entries
    var prefixes = TracePrefixes(blockTokens: settings.hashTokens)
    var chains: [[UInt64]] = []
    var fresh: UInt64 = 0
    for index in entries.indices {
      var chain: [UInt64] = []
      if !chains.isEmpty, chance(0.7) {
        let parent = random.integer(in: 0...chains.count - 1)
        let full = Int(entries[parent].inputTokens) / settings.hashTokens
        chain = Array(chains[parent].prefix(random.integer(in: 0...full)))
      }
      let kept = chain.count * settings.hashTokens
      entries[index].inputTokens += Int32(kept)
      while chain.count < prefixes.blocks(ofPrompt: entries[index].inputTokens) {
        chain.append(fresh)
        fresh += 1
      }
      prefixes.starts.append(prefixes.ids.count)
      prefixes.ids += chain
      chains.append(chain)
    }
    configuration.workload.arrivals = .trace(Trace(entries: entries, prefixes: prefixes))
    notes.append("with ids of \(settings.hashTokens) tokens")
  }
}
