/// A number without a unit in its name is how a terabyte becomes a tebibyte.
///
/// The rule: in the rooms that compute, a property of type `Double` either
/// - ends in a unit (`idleWatts`) or in a unit per something (`secondsPerStep`), or
/// - ends in a word that has no unit (`usableFraction`), or only one in this project, or
/// - is one of a few exceptions, each with its reason.
enum UnitNames {
  static let rooms: Set = ["Hardware", "OperatorCosts", "ServingSimulation", "Economics"]

  private static let units: Set = [
    "seconds", "milliseconds", "nanoseconds", "femtoseconds", "hours", "bytes", "flops", "watts",
    "joules", "dollars", "tokens", "requests",
  ]
  /// Counted things that may stand before a `Per`, besides the units.
  private static let counted: Set = ["elements"]
  private static let unitless: Set = [
    // Ratios.
    "share", "fraction", "ratio", "residual", "occupancy", "progress",
    // Ratios of a peak.
    "compute", "memory",
    // Counts: of columns, of passes over memory, of experts and their matrices, of sequences, of
    // weights, of chips.
    "width", "hidden", "inner", "vocabulary", "passes", "experts", "matrices", "batch",
    "parameters", "chips",
    // Always bytes a second.
    "bandwidth",
  ]
  private static let exceptions = [
    "Figure.value": "its unit is the key's that it is read from",
    "Figure.low": "as value",
    "Figure.high": "as value",
    "ProfileNumber.value": "as that of the figure",
    "Assumption.value": "its name says of what it is a share",
    "Efficiency.serialTraffic": "bytes for each element of the activations",
    "HostCosts.exposedElementwiseFloor": "a share of the floors",
    "ExpertMLP.topK": "a count, by the name that every paper gives it",
  ]

  private static let property = Pattern(#"\b(?:let|var)\s+(\w+)\s*:\s*Double\??(?![\w.?])"#)

  static func violations(_ file: SourceFile) -> [Violation] {
    properties(file).filter { !isClear($0.name) && exceptions[$0.type + "." + $0.name] == nil }
      .map { file.violation($0.line, "`\($0.type).\($0.name)` is a Double without a unit") }
  }

  /// Exceptions that no property needs.
  static func unused(in files: [SourceFile]) -> Set<String> {
    let names = files.flatMap(properties).filter { !isClear($0.name) }
    return Set(exceptions.keys).subtracting(names.map { $0.type + "." + $0.name })
  }

  static func properties(_ file: SourceFile) -> [(line: Int, type: String, name: String)] {
    property.matches(in: file.code).compactMap { match in
      let around = file.blocks.last { $0.range.contains(match.offset) }
      guard let around, around.kind == .type else { return nil }
      return (match.line, around.name, match.groups[1])
    }
  }

  static func isClear(_ name: String) -> Bool {
    let words = words(of: name)
    guard let last = words.last else { return false }
    if units.contains(last) || unitless.contains(last) { return true }
    guard let per = words.lastIndex(of: "per"), per > 0, per + 1 < words.count else { return false }
    return units.contains(words[per - 1]) || counted.contains(words[per - 1])
  }

  /// `decodeFLOPsPerToken` is decode, flops, per, token.
  private static func words(of name: String) -> [String] {
    word.matches(in: name.replacing("FLOP", with: "Flop")).map { $0.groups[0].lowercased() }
  }

  private static let word = Pattern("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
}
