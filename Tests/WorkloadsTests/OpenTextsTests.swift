import TestSupport
import Testing

@testable import Workloads

struct OpenTextsTests {
  private static let prompts: [(scope: UInt64, ids: [UInt64])] = [
    (0, [0, 1, 2, 3]),
    (0, [0, 14, 15, 16, 7, 6, 5]),
    (9, [.max, 0, 1, .max - 1, 1 << 63, 5, 5]),
    (.max, [127, 128, 16_383, 16_384]),
  ]

  private func chain(_ prompt: (scope: UInt64, ids: [UInt64])) -> [UInt64] {
    var chain = PrefixChain()
    for id in prompt.ids { IDRun.append(id, to: &chain.recorded, from: 0) }
    chain.appendRecorded(scope: prompt.scope)
    return chain.ids
  }

  @Test func whatIsUnpackedIsWhatWasPacked() {
    var bytes: [UInt8] = []
    var starts: [Int] = []
    for prompt in Self.prompts {
      starts.append(bytes.count)
      PackedIDs.append(prompt.ids, scope: prompt.scope, to: &bytes)
    }
    for (start, prompt) in zip(starts, Self.prompts) {
      var runs = [IDRun(first: 42, count: 1)]
      let scope = PackedIDs.append(bytes, from: start, to: &runs)
      #expect(scope == prompt.scope)
      #expect(runs.flatMap(\.ids) == [42] + prompt.ids)
    }
  }

  /// A text that goes on differently is the same until then, however its ids follow each other.
  @Test func idsOfATraceAreOfABlockAndAllBeforeIt() {
    let chains = [[1, 2, 3, 9], [1, 2, 3, 4, 5], [1, 2], [2, 3], [1, 2, 3, 9, 10, 4]].map {
      chain((0, $0))
    }
    #expect(chains.map(\.count) == [4, 5, 2, 2, 6])
    func common(_ one: Int, _ other: Int) -> Int {
      zip(chains[one], chains[other]).prefix { $0 == $1 }.count
    }
    #expect(common(0, 1) == 3 && common(0, 2) == 2 && common(0, 3) == 0 && common(0, 4) == 4)
    #expect(Set(chains.joined()).count == 4 + 2 + 2 + 2)
    #expect(chain((1, [1, 2])) != chain((0, [1, 2])))
  }

  @Test func eachRequestHasItsOwnIDsUntilItLeaves() {
    let texts = OpenTexts()
    func ids(of index: Int32) -> [UInt64] {
      var chain = PrefixChain()
      texts.append(of: index, to: &chain)
      return chain.ids
    }
    let prompts = Self.prompts
    for index in 0..<Int32(1_000) {
      let prompt = prompts[Int(index) % prompts.count]
      texts.add(3 * index, scope: prompt.scope, prompt.ids)
    }
    texts.add(3_000, scope: 0, [])
    for index in 0..<Int32(1_000) where index % 7 != 0 { texts.remove(3 * index) }
    for index in 0..<Int32(1_000) {
      #expect(ids(of: 3 * index) == (index % 7 == 0 ? chain(prompts[Int(index) % 4]) : []))
      #expect(ids(of: 3 * index + 1).isEmpty)
    }
    #expect(ids(of: 3_000).isEmpty)
    for _ in 0..<2 { for index in 0..<Int32(1_000) { texts.remove(3 * index) } }
    #expect(texts.bytes == 0)
  }

  /// What waits is kept in a small part of what its ids would take as numbers of 64 bits.
  @Test func waitingPromptsTakeFewBytes() {
    let texts = OpenTexts()
    for index in 0..<Int32(2_560) {
      let first = UInt64(index) * 20 + 1_000_000
      texts.add(index, scope: 0, [0] + Array(first..<first + 20))
    }
    #expect(texts.bytes <= 2_560 * 14)
  }
}
