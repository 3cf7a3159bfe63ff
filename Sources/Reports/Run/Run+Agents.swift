internal import Rendering
internal import Results
internal import Units

// What conversations find of what they have said, and what those of agents take beside their turns.
extension RunFindings {
  var agents: Section {
    let facts =
      (results.conversations.map(Self.facts(of:)) ?? [])
      + (results.detours.map(Self.facts(of:)) ?? [])
    return Section("Conversations") { if !facts.isEmpty { Part.facts(facts) } }
  }

  private static func facts(of conversations: ConversationResults) -> [Fact] {
    var facts: [Fact] = []
    if conversations.said > 0 {
      facts.append(
        Fact(
          "said before, and computed again",
          "\(Words.percent(conversations.repeatedShare)) of "
            + Words.count(conversations.said, "prompt token"),
          "\(Words.percent(conversations.repeatedShareOfComputed)) of all that was computed"))
    }
    if let pause = conversations.pauseSeconds {
      facts.append(
        Fact("from an answer to the next turn", "\(Words.duration(pause)) in the mean"))
    }
    if let leases = conversations.leases {
      facts.append(
        Fact(
          "pinned between turns",
          "\(Words.percent(leases.cacheShare)) of the cache, "
            + Words.count(leases.count, "time"),
          "\(Words.count(leases.used)) until the next turn, \(Words.count(leases.expired)) "
            + "ran out, \(Words.count(leases.givenUp)) gave way"))
    }
    if let tokens = conversations.offloaded {
      facts.append(
        Fact("offloaded between turns", size(tokens, conversations.offloadedBytes)))
    }
    if let tokens = conversations.loaded {
      facts.append(Fact("back from the host", size(tokens, conversations.loadedBytes)))
    }
    if let tokens = conversations.dropped {
      facts.append(Fact("dropped between turns", Words.count(tokens, "token")))
    }
    return facts
  }

  private static func size(_ tokens: Int64, _ bytes: Double?) -> String {
    let size = bytes.map { ", \(NumberText.quantity($0, .bytes, digits: 3))" }
    return Words.count(tokens, "token") + (size ?? "")
  }

  private static func facts(of detours: DetourResults) -> [Fact] {
    [
      Fact("contexts summed up", Words.count(detours.compactions)),
      Fact("tools that failed", Words.count(detours.toolRetries)),
      Fact(
        "both took",
        "\(Words.percent(detours.prefilledShare)) of the computed prompt tokens, "
          + "\(Words.percent(detours.outputShare)) of the written ones"),
    ]
  }
}
