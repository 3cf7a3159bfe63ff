internal import Statistics

/// A part of a prompt that has one origin: whatever else begins with it shares it.
struct TextSegment: Equatable, Sendable {
  /// Stands for the text.
  var key: UInt64
  var tokens: Int32

  enum Origin: UInt64 {
    case sharedText = 0x51
    case question, instruction, thinking, answer, document
  }

  init(_ origin: Origin, _ which: UInt64, tokens: Int32) {
    key = scattered(scattered(origin.rawValue &* goldenStep) ^ which)
    self.tokens = tokens
  }
}

/// What the prompts of calls consist of, of the calls that are under way.
package final class CallTexts {
  private var prompts: [Int32: [TextSegment]] = [:]

  func add(_ index: Int32, _ prompt: [TextSegment]) { prompts[index] = prompt }

  /// A call has ended, and nobody asks for its prompt again.
  func remove(_ index: Int32) { prompts[index] = nil }

  /// Adds the blocks that a call fills; false where it is none.
  ///
  /// A block follows from all parts of it and of those before it. Those that one part fills alone
  /// are one stretch, whose key does not say how long it is: other prompts may go on with it.
  func append(
    of request: Request, includingAnswer: Bool, blockTokens: Int, to chain: inout PrefixChain
  ) -> Bool {
    guard var segments = prompts[request.index] else { return false }
    if includingAnswer {
      let own = UInt64(request.index)
      segments.append(TextSegment(.thinking, own, tokens: request.thinkingTokens))
      // The last token of an answer is never cached.
      segments.append(TextSegment(.answer, own, tokens: request.answerTokens - 1))
    }
    var before: UInt64 = 0
    var room = blockTokens
    for segment in segments where segment.tokens > 0 {
      var offset = 0
      while offset < Int(segment.tokens) {
        let left = Int(segment.tokens) - offset
        let part = min(room, left)
        let place = UInt64(offset) << 32 | UInt64(part)
        let key = scattered((before ^ scattered(segment.key ^ place)) &+ goldenStep)
        let isWhole = part == blockTokens
        let blocks = isWhole ? left / blockTokens : part == room ? 1 : 0
        chain.append(key, 0..<blocks)
        before = blocks > 1 ? scattered(key &+ goldenStep &* UInt64(blocks)) : key
        offset += isWhole ? blocks * blockTokens : part
        room = blocks > 0 ? blockTokens : room - part
      }
    }
    return true
  }
}
