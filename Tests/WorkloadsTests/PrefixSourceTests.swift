import ByteStreams
import TestSupport
import Testing
import Units
import Workloads

struct PrefixSourceTests {
  private func workload(_ item: RequestClass, requests: Int = 2000) -> Workload {
    Workload(arrivals: .offline, requests: requests, classes: [item])
  }

  private func chain(
    _ source: PrefixSource, _ request: Request, includingAnswer: Bool = false
  ) -> [UInt64] {
    source.ids(of: request, includingAnswer: includingAnswer)
  }

  private func common(_ left: [UInt64], _ right: [UInt64]) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  @Test func aSharedTextIsTheBeginningOfThePrompt() throws {
    let item = RequestClass(
      name: "documents", input: .fixed(40), output: .fixed(10),
      sharedPrefix: SharedPrefix(tokens: .fixed(100), variants: 3))
    let workload = workload(item, requests: 60)
    var source = RequestSource(workload, seed: 1)
    let prefixes = PrefixSource(workload, seed: 1, blockTokens: 16)
    var requests: [Request] = []
    while let request = source.nextArrival() { requests.append(request) }
    #expect(Set(requests.map { prefixes.variant(of: $0) }) == [0, 1, 2])
    #expect(requests.allSatisfy { $0.inputTokens == 140 && $0.cachedTokens == 0 })
    // 140 tokens are 8 full blocks, 100 are 6; all but one of 140 + 10 are 9.
    for left in requests {
      let ids = chain(prefixes, left)
      #expect(ids.count == 8 && Set(ids).count == 8)
      let whole = chain(prefixes, left, includingAnswer: true)
      #expect(whole.count == 9 && Array(whole.prefix(8)) == ids)
      for right in requests where right.index != left.index {
        let shared = common(ids, chain(prefixes, right))
        #expect(shared == (prefixes.variant(of: left) == prefixes.variant(of: right) ? 6 : 0))
        #expect(Set(ids).intersection(chain(prefixes, right)).count == shared)
      }
    }
  }

  @Test func eachTextKeepsTheLengthItDrew() {
    let item = RequestClass(
      name: "documents", input: .fixed(1), output: .fixed(1),
      sharedPrefix: SharedPrefix(tokens: .uniform(1000...9000), variants: 5))
    let workload = workload(item)
    var source = RequestSource(workload, seed: 4)
    let prefixes = PrefixSource(workload, seed: 4, blockTokens: 16)
    var lengths: [Int32: Set<Int32>] = [:]
    while let request = source.nextArrival() {
      lengths[prefixes.variant(of: request), default: []].insert(request.inputTokens)
    }
    #expect(lengths.count == 5 && lengths.values.allSatisfy { $0.count == 1 })
    #expect(Set(lengths.values).count == 5)
  }

  @Test func popularTextsComeMoreOften() {
    let count = 50_000
    let item = RequestClass(
      name: "documents", input: .fixed(1), output: .fixed(1),
      sharedPrefix: SharedPrefix(tokens: .fixed(1), variants: 4, popularity: 2))
    let workload = workload(item, requests: count)
    var source = RequestSource(workload, seed: 1)
    let prefixes = PrefixSource(workload, seed: 1, blockTokens: 16)
    var counts = [Double](repeating: 0, count: 4)
    while let request = source.nextArrival() { counts[Int(prefixes.variant(of: request))] += 1 }
    let total = 1 + 1.0 / 4 + 1.0 / 9 + 1.0 / 16
    for (rank, found) in counts.enumerated() {
      let expected = 1 / Double((rank + 1) * (rank + 1)) / total
      let error = (expected * (1 - expected) / Double(count)).squareRoot()
      #expect(abs(found / Double(count) - expected) < 4 * error)
    }
  }

  @Test func aTurnBeginsWithAllBeforeIt() throws {
    let item = RequestClass(
      name: "chat", input: .uniform(10...90), output: .uniform(5...60),
      sharedPrefix: SharedPrefix(tokens: .fixed(70), variants: 2),
      sessions: Sessions(turns: .fixed(6), thinkTime: .fixed(seconds: 1)))
    let workload = workload(item)
    var source = RequestSource(workload, seed: 1)
    let prefixes = PrefixSource(workload, seed: 1, blockTokens: 16)
    let other = try source.arrival()
    var request = try source.arrival()
    let alike = prefixes.variant(of: request) == prefixes.variant(of: other) ? 4 : 0
    for _ in 1..<6 {
      let whole = chain(prefixes, request, includingAnswer: true)
      let written = Int(request.inputTokens + request.outputTokens)
      #expect(whole.count == (written - 1) / 16)
      #expect(common(whole, chain(prefixes, other)) == alike)
      let next = try source.following(request)
      #expect(Int(next.inputTokens) > written)
      #expect(common(whole, chain(prefixes, next)) == whole.count)
      request = next
    }
    #expect(source.nextAfterCompletion(of: request, at: .zero) == nil)
  }

  @Test func thinkingIsNotInTheNextTurn() throws {
    let item = RequestClass(
      name: "think", input: .fixed(100), thinking: .fixed(200), output: .fixed(30),
      sessions: Sessions(turns: .fixed(2), thinkTime: .fixed(seconds: 1)))
    let workload = workload(item)
    var source = RequestSource(workload, seed: 1)
    let prefixes = PrefixSource(workload, seed: 1, blockTokens: 16)
    let first = try source.arrival()
    let second = try source.following(first)
    #expect(second.inputTokens == 230)
    let whole = chain(prefixes, first, includingAnswer: true)
    #expect(whole.count == 20)
    #expect(common(whole, chain(prefixes, second)) == 6)
    #expect(Set(whole).intersection(chain(prefixes, second)).count == 6)
  }

  @Test func aTraceHasItsOwnIDsAndBlockSize() throws {
    let text = """
      {"timestamp": 0, "input_length": 1024, "output_length": 9000, "hash_ids": [1, 2]}
      {"timestamp": 9, "input_length": 1025, "output_length": 7, "hash_ids": [1, 2, 3]}
      """
    let trace = Trace(
      try Recording(reading: ByteSource(Array(text.utf8), named: "a.jsonl"), TraceOptions()))
    let workload = Workload(
      arrivals: .trace(trace), requests: 2,
      classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))])
    let prefixes = PrefixSource(workload, seed: 1, blockTokens: 16)
    #expect(prefixes.blockTokens == 512)
    var source = RequestSource(workload, seed: 1)
    let first = chain(prefixes, try source.arrival(), includingAnswer: true)
    let second = chain(prefixes, try source.arrival())
    #expect(first.count == 2 && second.count == 3 && common(first, second) == 2)
  }
}
