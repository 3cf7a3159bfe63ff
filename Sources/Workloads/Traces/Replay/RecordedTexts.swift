/// Which blocks the prompts of a recorded trace consist of.
///
/// A class, so that whoever asks for a prompt does not hold and let go of each of its parts.
final class RecordedTexts {
  let blockTokens: Int
  private let kept: KeptRows?
  private let open: OpenTexts?

  /// Nil where the trace does not say it.
  init?(_ trace: Trace, open: OpenTexts?) {
    guard let size = trace.blockTokens else { return nil }
    blockTokens = size
    kept = trace.recording.kept
    self.open = open
  }

  /// Adds the chain of a request's prompt.
  func append(of request: Request, to chain: inout PrefixChain) {
    guard let kept else {
      open?.append(of: request.index, to: &chain)
      return
    }
    kept.append(of: Int(request.row), to: &chain)
  }
}

/// A number within which the ids of a round mean something.
func scopeOfRound(_ round: Int, _ scope: UInt64) -> UInt64 {
  round == 0 ? scope : scattered(scope &+ goldenStep &* UInt64(round))
}
