internal import ModelArchitecture
internal import OperatorCosts

// What the ranks of a layout cut into equal parts.
extension LayoutRules {
  private typealias Part = (what: String, count: Int, mayCopy: Bool)

  // MARK: Tensor ranks

  /// Matrices that tensor ranks cut, and experts that all ranks of a stage cut together.
  func tensorProblems(of layout: ParallelLayout) -> [Problem] {
    var problems: [Problem] = []
    for part in tensorParts where !divides(layout.tensor, part) {
      let nearest = (1...max(domain, layout.tensor)).filter { ranks in
        ranks <= domain && tensorParts.allSatisfy { divides(ranks, $0) }
      }.min { (abs($0 - layout.tensor), -$0) < (abs($1 - layout.tensor), -$1) }
      problems.append(
        Problem(
          code: "layout-divisibility", key: .tensor,
          message: "\(layout.tensor) ranks do not divide the model's \(part.what): \(part.count)",
          notes: ["each rank holds a whole number of heads and columns"],
          hint: nearest.map { .set(.tensor, $0) }))
      // One count that does not divide says enough.
      break
    }
    return problems
  }

  private func divides(_ ranks: Int, _ part: Part) -> Bool {
    part.count % ranks == 0 || part.mayCopy && ranks % part.count == 0
  }

  /// What a tensor-parallel group divides, and whether it may be copied when there are more ranks.
  private var tensorParts: [Part] {
    var list: [Part] = []
    for group in architecture.groups {
      switch group.mixer {
      case .attention(let attention):
        list.append(("attention heads", attention.heads, false))
        list.append(("key-value heads", attention.keyValueHeads, true))
      case .latentAttention(let attention):
        list.append(("attention heads", attention.heads, false))
      case .compressedAttention(let attention):
        list.append(("attention heads", attention.heads, false))
        list.append(("groups of heads", attention.outputGroups, false))
      case .recurrent(let recurrent): list += recurrent.dividedCounts
      case .none: break
      }
      switch group.feedForward {
      case .dense(let dense): list.append(("feed-forward columns", dense.inner, false))
      case .experts(let experts) where experts.sharedInner > 0:
        list.append(("shared expert columns", experts.sharedInner, false))
      case .experts, nil: break
      }
    }
    return list
  }

  // MARK: Experts

  /// Whole experts are spread over `expert` ranks, each cut over the rest of a stage.
  func expertProblems(of layout: ParallelLayout) -> [Problem] {
    guard let mixture = fewestExperts else { return problemsWithoutExperts(of: layout) }
    let (ranks, spread) = (layout.ranksPerStage, layout.expert)
    guard ranks % spread == 0 else {
      return [
        Problem(
          code: "layout-experts", key: .expert,
          message: "\(spread) expert ranks do not divide the ranks of a stage: \(ranks)",
          notes: ["\(ranks) = tensor \(layout.tensor) x attention_data \(layout.attentionData)"],
          hint: .set(.expert, nearestDivisor(of: ranks, to: spread)))
      ]
    }
    var problems: [Problem] = []
    let slots = mixture.experts + layout.redundantExperts
    if spread == 1, layout.redundantExperts > 0 {
      problems.append(
        Problem(
          code: "layout-experts", key: .redundantExperts,
          message: "copies of experts need ranks with whole experts, and `expert` is 1",
          hint: .set(.expert, ranks)))
    } else if slots % spread != 0 {
      problems.append(unevenExperts(mixture.experts, layout))
    }
    let share = ranks / spread
    if mixture.inner % share != 0 {
      let valid = (1...ranks).filter { ranks % $0 == 0 && mixture.inner % (ranks / $0) == 0 }
      problems.append(
        Problem(
          code: "layout-divisibility", key: spread > 1 ? .expert : .tensor,
          message: "\(share) ranks do not divide the model's expert columns: \(mixture.inner)",
          notes: ["each expert is cut over \(ranks) ranks / \(spread) expert ranks"],
          hint: valid.first { mixture.experts % $0 == 0 }.map { .set(.expert, $0) }))
    }
    return problems
  }

  private func unevenExperts(_ experts: Int, _ layout: ParallelLayout) -> Problem {
    let (spread, copies) = (layout.expert, layout.redundantExperts)
    let slots = experts + copies
    let more = (slots + spread - 1) / spread * spread - experts
    let counted = copies > 0 ? "\(experts) experts and \(copies) copies" : "\(experts) experts"
    guard spread <= slots else {
      return Problem(
        code: "layout-experts", key: .expert,
        message: "\(spread) expert ranks are more than the model has experts: \(slots)",
        notes: ["each rank holds at least one expert"],
        hint: .set(.expert, nearestDivisor(of: layout.ranksPerStage, to: experts)))
    }
    return Problem(
      code: "layout-experts", key: copies > 0 ? .redundantExperts : .expert,
      message: "\(counted) do not spread evenly over the expert ranks: \(spread)",
      notes: ["\(slots) / \(spread) leaves \(slots % spread)"],
      hint: .set(.redundantExperts, more))
  }

  private func problemsWithoutExperts(of layout: ParallelLayout) -> [Problem] {
    var keys: [(LayoutDimension, String)] = []
    if layout.expert > 1 { keys.append((.expert, "spreads experts over ranks")) }
    if layout.redundantExperts > 0 { keys.append((.redundantExperts, "copies experts")) }
    return keys.map { key, what in
      Problem(
        code: "layout-experts", key: key,
        message: "`\(key.rawValue)` \(what), and the model has none: `\(architecture.name)`",
        hint: .leaveOut(key))
    }
  }

  private var fewestExperts: MixtureOfExperts? {
    architecture.groups.compactMap {
      if case .experts(let mixture) = $0.feedForward { mixture } else { nil }
    }.min { $0.experts < $1.experts }
  }

  private func nearestDivisor(of count: Int, to value: Int) -> Int {
    (1...count).filter { count % $0 == 0 }.min {
      (abs($0 - value), -$0) < (abs($1 - value), -$1)
    } ?? 1
  }
}

extension RecurrentMixer {
  fileprivate var dividedCounts: [(what: String, count: Int, mayCopy: Bool)] {
    switch self {
    case .gatedDelta(let layer):
      [
        ("linear-attention key heads", layer.keyHeads, false),
        ("linear-attention value heads", layer.valueHeads, false),
      ]
    case .kimiDelta(let layer): [("linear-attention heads", layer.heads, false)]
    case .lightning(let layer): [("linear-attention heads", layer.heads, false)]
    case .mamba1(let layer): [("state-space channels", layer.channels, false)]
    case .mamba2(let layer): [("state-space heads", layer.heads, false)]
    case .described(let layer): [("\(layer.name) channels", layer.channels, false)]
    }
  }
}
