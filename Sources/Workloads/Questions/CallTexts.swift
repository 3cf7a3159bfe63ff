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

  /// Adds the ids of the blocks that a call fills; false where it is none.
  ///
  /// The id of a block follows from all parts of it and of those before it.
  func append(
    of request: Request, includingAnswer: Bool, blockTokens: Int, to ids: inout [UInt64]
  ) -> Bool {
    guard var segments = prompts[request.index] else { return false }
    if includingAnswer {
      let own = UInt64(request.index)
      segments.append(TextSegment(.thinking, own, tokens: request.thinkingTokens))
      // The last token of an answer is never cached.
      segments.append(TextSegment(.answer, own, tokens: request.answerTokens - 1))
    }
    var chain: UInt64 = 0
    var room = blockTokens
    for segment in segments where segment.tokens > 0 {
      var offset = 0
      while offset < Int(segment.tokens) {
        let part = min(room, Int(segment.tokens) - offset)
        let place = UInt64(offset) << 32 | UInt64(part)
        chain = scattered((chain ^ scattered(segment.key ^ place)) &+ goldenStep)
        offset += part
        room -= part
        if room == 0 {
          ids.append(chain)
          room = blockTokens
        }
      }
    }
    return true
  }
}
