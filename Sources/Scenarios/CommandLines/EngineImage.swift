/// The image of a container that a server is started in: `vllm/vllm-openai:v0.8.5`.
struct EngineImage {
  /// As typed.
  let text: String
  private let tag: Substring

  /// - Parameter words: of the command, up to the server's own options.
  init?(in words: some Sequence<String>, engine: String) {
    for word in words where word.contains(engine) && !word.contains(where: "=@~$".contains) {
      // A volume is mounted by a path.
      guard !word.hasPrefix("/"), !word.hasPrefix(".") else { continue }
      let parts = (word.split(separator: "/").last ?? "").split(separator: ":")
      guard parts.count == 2 else { continue }
      (text, tag) = (word, parts[1])
      return
    }
    return nil
  }

  /// The profile of the generation that its tag says, or why there is none.
  func profile(of engine: String) -> (name: String?, remark: EngineCommand.Remark?) {
    func refused(_ reason: String) -> (String?, EngineCommand.Remark?) {
      (nil, .init(option: text, reason: "\(reason): its newest releases are taken"))
    }
    // What moves with the releases is the newest one.
    if ["latest", "nightly", "dev", "main"].contains(where: tag.hasPrefix) { return (nil, nil) }
    // Others than the engine's makers number images by the year.
    guard let release = EngineRelease(tag), release < Self.firstYear else {
      return refused("no release of the engine is read from its tag")
    }
    let generations = (try? EngineCatalogue.generations(of: engine)) ?? []
    guard let found = generations.first(where: { $0.since.map { $0 <= release } ?? true }) else {
      let oldest = generations.last?.since?.text ?? ""
      return refused("nothing is known of releases before \(oldest)")
    }
    return (found.name, nil)
  }

  private static let firstYear = EngineRelease(numbers: [20])
}
