/// The figures of a projection that may be named, all of them plain numbers in the unit that the
/// report gives with them.
///
/// Some have a name of the file in them, a machine or a workload, which stands here as `*`.
package enum ProjectFigures {
  package static let names = FigureNames(known: templates, find: figure)

  private static let measures = ["flops", "gpu_hours", "dollars", "joules"]

  private static let templates: [String] =
    measures.flatMap { measure in
      [
        "training.\(measure)", "serving.*.\(measure)", "ratio.*.\(measure)",
        "ratio.life.\(measure).low", "ratio.life.\(measure).high", "break_even.\(measure)",
        "machine.*.\(measure)", "answer.*.\(measure)",
      ]
    } + [
      "tokens.life", "tokens.per_training_token", "gpus.first_day",
      "serving.*.gpu_s_per_mtok.input", "serving.*.gpu_s_per_mtok.output",
      "serving.*.usd_per_mtok.input", "serving.*.usd_per_mtok.output", "target.*.tokens",
      "target.*.tokens_per_training_token", "target.*.months", "target.*.growth",
      "target.*.thinking_multiplier", "allocation.*.parameters", "allocation.*.tokens",
      "allocation.*.saved", "data.*.tokens", "data.*.epochs.*", "exchange.times.*",
      "answer.*.seconds", "answer.*.kv_bytes",
    ]

  /// A figure by its whole name.
  package static func figure(_ path: String) -> Figure? {
    guard templates.contains(where: { matches(path, $0) }) else { return nil }
    let isWanted = path.hasPrefix("break_even.") || path.hasSuffix(".saved")
    return Figure(path, nil, isWanted ? .more : .less)
  }

  /// A star stands for one character or more.
  private static func matches(_ path: String, _ template: String) -> Bool {
    let parts = template.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return path == template
    }
    guard path.hasPrefix(first), path.count > first.count + last.count, path.hasSuffix(last)
    else { return false }
    // Of two stars, what stands between them is somewhere in between.
    let middle = path.dropFirst(first.count + 1).dropLast(last.count)
    return parts.dropFirst().dropLast().allSatisfy { part in
      middle.indices.contains { middle[$0...].hasPrefix(part) }
    }
  }
}
