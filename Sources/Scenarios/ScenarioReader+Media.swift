internal import Diagnostics
internal import OperatorCosts
internal import Workloads

// Images, sound and video, and what turns them into tokens.
extension ScenarioReader {
  private enum Limits {
    static let parameters = 1e6...1e12
    static let layers = 1...1_000
    static let width = 16...65_536
    static let patches = 1...64
    static let window = 1...1_000_000
  }

  /// `media_encoder`, which classes with `media` need.
  func readMediaEncoder(_ node: ConfigNode?, of workload: Workload) -> MediaEncoder? {
    let hasMedia = workload.classes.contains { $0.media != nil }
    guard let node else { return nil }
    let map = node.mapping()
    let layers = map.required("layers")?.integer(in: Limits.layers) ?? 1
    let encoder = MediaEncoder(
      parameters: map.required("parameters")?.number(.within(Limits.parameters)) ?? 1e6,
      layers: layers, width: map.required("width")?.integer(in: Limits.width) ?? 16,
      patchesPerToken: map.optional("patches_per_token")?.integer(in: Limits.patches) ?? 1,
      window: map.optional("window")?.integer(in: Limits.window),
      fullLayers: map.optional("full_layers")?.integer(in: 0...layers))
    map.finish()
    if !hasMedia {
      node.report(
        "media", "`\(node.path)` has nothing to do: no class has `media`",
        hint: "say what prompts have beside text: `media: {items: 1, tokens: 1024}`")
    }
    return encoder
  }
}

extension WorkloadReader {
  private static let items = 1...10_000

  /// `media`, beside a kind's lengths.
  func readMedia(_ node: ConfigNode, into item: inout RequestClass) {
    let map = node.mapping()
    item.media = Media(
      items: map.optional("items")?.integer(in: Self.items) ?? 1,
      tokens: map.required("tokens")?.integer(in: 1...1_000_000) ?? 1)
    map.finish()
    for (key, isThere, reason) in [
      (
        "sessions", item.sessions != nil,
        "each prompt is priced with all its items encoded, and those of earlier turns are encoded "
          + "already"
      ),
      (
        "answering", item.strategy != nil,
        "each prompt is priced with all its items encoded, and the calls of a question have the "
          + "same ones"
      ),
    ] where isThere {
      node.report(
        "media", "`\(node.path)` cannot be given together with `\(key)`", notes: [reason],
        hint: "leave `\(node.path)` out and add its tokens to `input`: they are read and cached as "
          + "text is, and only the encoder's time is missing")
    }
  }
}
