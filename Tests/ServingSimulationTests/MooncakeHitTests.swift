import ByteStreams
import Foundation
import Testing
import Workloads

@testable import ServingSimulation

/// What a cache without end saves of the Mooncake conversation trace.
struct MooncakeHitTests {
  /// Counted by a separate script over the same lines: leading blocks that any earlier request had.
  /// The whole trace of 12,031 requests gives 105,710 of 288,500 blocks, 36.6 % (37.4 % of the
  /// tokens, 40.9 % on average over requests), and 182,790 different blocks.
  @Test func theShippedLinesHitAsCounted() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "scenarios/traces/mooncake_conversation_first1000.jsonl")
    let hits = try count([UInt8](try Data(contentsOf: path)))
    #expect(hits.requests == 1000)
    #expect(hits.sought == 27_305 && hits.found == 5_791 && hits.kept == 21_514)
    #expect(hits.tokens == 13_732_944 && hits.savedTokens == 2_962_776)
    #expect(abs(hits.meanShare - 0.287_810_37) < 1e-8)
  }

  private struct Hits {
    var requests = 0
    var sought = 0
    var found = 0
    var kept = 0
    var tokens = 0
    var savedTokens = 0
    var meanShare = 0.0
  }

  private func count(_ bytes: [UInt8]) throws -> Hits {
    let source = ByteSource(bytes, named: "trace.jsonl")
    let trace = Trace(try Recording(reading: source, TraceOptions()))
    let workload = Workload(
      arrivals: .trace(trace), requests: trace.requests,
      classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))])
    var requests = RequestSource(workload, seed: 1)
    let prefixes = PrefixSource(workload, seed: 1, blockTokens: 16)
    var cache = PrefixCache()
    var chain = PrefixChain()
    var hits = Hits()
    while let request = requests.nextArrival() {
      prefixes.find(&chain, of: request)
      let match = cache.match(chain)
      #expect(cache.acquire(chain, match.blocks).loaded == 0)
      #expect(cache.insert(chain, match.blocks..<chain.count) == 0)
      cache.release(chain, chain.count)
      let saved = min(match.blocks * prefixes.blockTokens, Int(request.inputTokens))
      hits.requests += 1
      hits.tokens += Int(request.inputTokens)
      hits.savedTokens += saved
      hits.meanShare += Double(saved) / Double(request.inputTokens)
    }
    hits.meanShare /= Double(hits.requests)
    hits.sought = cache.counters.sought
    hits.found = cache.counters.deviceHits
    hits.kept = cache.deviceBlocks
    return hits
  }
}
