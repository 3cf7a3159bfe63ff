internal import Diagnostics
internal import OperatorCosts
internal import ServingSimulation

/// How a pool guesses tokens, as far as it is written down.
package struct SpeculationKeys: Equatable, Sendable {
  package enum Method: String, CaseIterable, Sendable {
    case mtp, lookup, eagle, eagle3, draft

    /// Whether what guesses has weights beside the model's.
    var hasWeights: Bool { self != .mtp && self != .lookup }
  }

  package var method: Method
  package var acceptance: [Double]
  package var branches = 1
  package var verified: Int?
  /// The config of the head or model that guesses; nil where there is none.
  package var model: Scenario.Reference?

  package init(method: Method, acceptance: [Double]) {
    self.method = method
    self.acceptance = acceptance
  }

  /// Tokens of a sequence in one step.
  var verifiedTokens: Int { verified ?? acceptance.count + 1 }
}

extension PoolReader {
  mutating func readSpeculation(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    let method =
      map.required("method")?.choice(SpeculationKeys.Method.self, default: .lookup) ?? .lookup
    let acceptance = acceptance(map)
    var keys = SpeculationKeys(method: method, acceptance: acceptance.isEmpty ? [0] : acceptance)
    if let node = noted(map, "model", in: "speculation") {
      keys.model = Scenario.Reference(
        name: node.words(), place: Place(location: node.location, path: node.path))
    }
    keys.branches = noted(map, "branches", in: "speculation")?.integer(in: 1...64) ?? 1
    keys.verified = noted(map, "verified", in: "speculation")?.integer(in: 2...1_024)
    checkTree(keys, map)
    map.finish()
    if pool.role == .prefill {
      node?.report(
        "speculation", "a pool that only prefills guesses no tokens",
        hint: "set `pools.decode.speculation` instead")
    }
    pool.speculation = keys
  }

  /// One for each guess: a list, or one share for all of them.
  private func acceptance(_ map: ConfigMapping) -> [Double] {
    let guesses = map.optional("guesses")?.integer(in: 1...16)
    guard let node = map.required("acceptance") else { return [0] }
    guard node.isSequence else {
      return [Double](repeating: node.number(.within(0...1)), count: guesses ?? 1)
    }
    let list = node.sequence().map { $0.number(.within(0...1)) }
    if !(1...16).contains(list.count) {
      node.report(
        "out-of-range",
        "`\(node.path)` must have from 1 to 16 entries, one for each guess: \(list.count)")
    } else if let guesses, guesses != list.count {
      node.report(
        "speculation",
        "`\(node.path)` must have one entry for each guess: \(list.count) for "
          + "\(guesses)", hint: "leave `guesses` out, or give one share for all of them")
    }
    return list
  }

  /// A tree has a guess of each length at least, and cannot have more than its passes make: as many
  /// as there are branches in the first, and of each of those as many in every further one.
  private func checkTree(_ keys: SpeculationKeys, _ map: ConfigMapping) {
    let depth = keys.acceptance.count
    let (branches, least) = (keys.branches, depth + 1)
    let most = 1 + branches + (depth - 1) * branches * branches
    if branches > 1, !keys.method.hasWeights {
      map.optional("branches")?.report(
        "speculation", "`\(keys.method.rawValue)` guesses along one branch: \(branches)",
        hint: "leave it out, or set `speculation.method` to `eagle`, `eagle3` or `draft`")
    } else if branches > 1, keys.verified == nil {
      map.optional("branches")?.report(
        "speculation", "of \(branches) branches only so many guesses are verified as somebody says",
        notes: ["\(depth) passes make up to \(most - 1)"],
        hint: "set `speculation.verified` from \(least) to \(most)")
    } else if let verified = keys.verified, !(least...most).contains(verified) {
      map.optional("verified")?.report(
        "speculation", "a step verifies from \(least) to \(most) tokens here: \(verified)",
        notes: [
          "guesses one after the other: \(depth), branches: \(branches); and the token before "
            + "them"
        ])
    }
  }
}

extension PoolResolver {
  /// Who guesses, with the config that was found for it; nil after a refusal.
  func speculation() -> Speculation? {
    guard let keys = pool.speculation else { return nil }
    let drafter: Speculation.Drafter
    switch keys.method {
    case .mtp: drafter = .nextTokenLayers
    case .lookup: drafter = .lookup
    case .eagle, .eagle3, .draft:
      guard let model = checks.draftModel(keys, draft) else { return nil }
      drafter = .model(model)
    }
    return Speculation(
      drafter: drafter, acceptance: keys.acceptance, branches: keys.branches,
      verified: keys.verified)
  }
}
