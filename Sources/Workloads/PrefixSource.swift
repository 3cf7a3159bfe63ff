/// Says which blocks of tokens a prompt consists of, so that a cache can find what it has seen.
///
/// A prompt is a chain of blocks of `blockTokens` tokens (`PrefixChain`). Chains follow from the
/// fields of a request alone, so that nothing is kept for requests in flight, but for those of a
/// trace that is read as it is replayed (`OpenTexts`).
///
/// | tokens of a request | stretch from |
/// | --- | --- |
/// | a trace's prompt | the trace |
/// | a shared text | class, variant and position |
/// | the rest of a prompt, and the answer | session or request, times summed up, and position |
/// | thinking and the answer after it | request and position: the next turn is not given them |
/// | a call of a question | the parts of its prompt, in their order (`CallTexts`) |
///
/// A block that a shared text does not fill belongs to what follows the text.
///
/// All replicas of a run read one and the same.
package final class PrefixSource {
  /// Tokens of a block: those of the trace, or as asked for.
  package let blockTokens: Int
  private let texts: SharedTexts
  private let recorded: RecordedTexts?
  private let calls: CallTexts?
  /// What becomes of caches between turns; nil where they just stay.
  package let conversations: ConversationCaches?
  /// Whether a request's chain is that of its row, whatever else becomes of it.
  package let isRecorded: Bool

  /// Where a stretch comes from.
  private enum Origin: UInt64 {
    case text = 1
    case session, request
  }

  /// - Parameters:
  ///   - seed: as given to `RequestSource`.
  ///   - open, calls: of that source.
  ///   - blockTokens: a trace with ids has its own size, and this one is ignored. Two prompts share
  ///     whole blocks only: a larger size is quicker, and on average misses half a block of each
  ///     shared text.
  package init(
    _ workload: Workload, seed: UInt64, blockTokens: Int, open: OpenTexts? = nil,
    calls: CallTexts? = nil
  ) {
    self.calls = calls
    recorded = workload.recorded.flatMap { RecordedTexts($0, open: open) }
    isRecorded = recorded != nil
    self.blockTokens = recorded?.blockTokens ?? blockTokens
    texts = SharedTexts(workload, seed: seed)
    conversations = ConversationCaches(workload, seed: seed, texts: texts)
  }

  /// Position of the shared text of its class that a request begins with, or -1.
  package func variant(of request: Request) -> Int32 { texts.variant(of: request) }

  /// Replaces a chain with that of a request.
  ///
  /// Of a trace it has the blocks of the prompt, the last of which may stand for a part of a block.
  /// Otherwise it has the blocks that are full: of the prompt, or with `includingAnswer` of
  /// everything cached when the request finishes, which is all but the last token of the answer.
  /// The shorter chain is always the beginning of the longer.
  package func find(
    _ chain: inout PrefixChain, of request: Request, includingAnswer: Bool = false
  ) {
    chain.removeAll()
    let input = Int(request.inputTokens)
    if let recorded { return recorded.append(of: request, to: &chain) }
    if let calls,
      calls.append(
        of: request, includingAnswer: includingAnswer, blockTokens: blockTokens, to: &chain)
    {
      return
    }
    let prompt = input / blockTokens
    let end = includingAnswer ? (input + Int(request.outputTokens) - 1) / blockTokens : prompt
    var shared = 0
    let variant = texts.variant(of: request)
    if variant >= 0 {
      let length = texts.tokens(classIndex: Int(request.classIndex), variant: variant)
      shared = min(length / blockTokens, prompt)
      let which = UInt64(request.classIndex) << 32 | UInt64(variant)
      append(0..<shared, .text, which, to: &chain)
    }
    let own = UInt64(request.index)
    if request.session >= 0 {
      let told = request.thinkingTokens > 0 ? prompt : end
      // After a summary the text is another one.
      let which = UInt64(UInt16(request.course.compactions)) << 32 | UInt64(request.session)
      append(shared..<told, .session, which, to: &chain)
      append(told..<end, .request, own, to: &chain)
    } else {
      append(shared..<end, .request, own, to: &chain)
    }
  }

  @inline(__always)
  private func append(
    _ positions: Range<Int>, _ origin: Origin, _ which: UInt64, to chain: inout PrefixChain
  ) {
    chain.append(scattered(scattered(origin.rawValue &* goldenStep) ^ which), positions)
  }
}
