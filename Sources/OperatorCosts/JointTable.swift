/// What the attention ranks of a replica do together in a step, by the tokens of all of them.
struct JointTable: Sendable {
  struct Entry: Sendable {
    /// Routed experts, and the way of the tokens to them and back.
    var experts = PartCost()
    var exchange = PartCost()
    /// What the exchange takes from computing beside it.
    var held = PartCost()
  }

  /// Steps of more tokens are priced each time they differ from the one before.
  private static let largest = 65_536

  private var entries: [Entry] = []
  private var latest = (tokens: 0, entry: Entry())
  /// The cost of each token, when there is no graph.
  private let perToken: PartCost

  init(perToken: PartCost = PartCost()) { self.perToken = perToken }

  @inline(__always)
  mutating func entry(tokens: Int, _ operators: StepOperators?) -> Entry {
    if tokens < entries.count, entries[tokens].experts.femtoseconds > 0 { return entries[tokens] }
    return fill(tokens, operators)
  }

  @inline(never)
  private mutating func fill(_ tokens: Int, _ operators: StepOperators?) -> Entry {
    guard tokens > 0 else { return Entry() }
    if latest.tokens == tokens { return latest.entry }
    var entry = Entry()
    if let operators {
      for cost in operators.jointCosts(tokens: tokens) {
        if cost.bottleneck == .interconnect {
          entry.exchange.add(cost)
          entry.held.addHeld(cost.heldSeconds)
        } else {
          entry.experts.add(cost)
        }
      }
    } else {
      entry.experts = perToken.scaled(by: tokens)
    }
    latest = (tokens, entry)
    guard tokens <= Self.largest else { return entry }
    while entries.count <= tokens { entries.append(Entry()) }
    entries[tokens] = entry
    return entry
  }
}
