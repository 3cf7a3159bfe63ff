internal import Documents
internal import Rendering
internal import Results
internal import Units

extension RunFindings {
  var throughput: Section {
    Section("Throughput") {
      Part.table(Table("Throughput", ["", "", ""], rows: rates + goodput))
      refused.map { Part.note($0) }
    }
  }

  private var rates: [[Cell]] {
    func share(_ rate: Double?) -> Cell {
      guard report.inputs.layout.accelerators > 1, let rate else { return "" }
      return .words("\(NumberText.quantity(rate, .tokensPerSecond, digits: 4)) per \(accelerator)")
    }
    let requests = results.requests
    let troubles = [
      (requests.rejected, "rejected"), (requests.preempted, "preempted"),
      (requests.retried, "retried"), (requests.lost, "lost"),
      (requests.abandoned ?? 0, "given up by their clients"),
    ]
    // The first two belong together; replicas that never fail need not be talked about.
    let shown = troubles.prefix(2) + troubles.dropFirst(2).filter { $0.0 > 0 }
    let output: [[Cell]] = [
      [
        "output", .quantity(results.outputRate, .tokensPerSecond, 4),
        share(results.outputRatePerAccelerator),
      ]
    ]
    return (writesNothing ? [] : output) + [
      [
        writesNothing ? "input" : "input and output",
        .quantity(results.totalRate, .tokensPerSecond, 4),
        share(results.totalRatePerAccelerator),
      ],
      [
        "requests", .quantity(results.requestsPerSecond, .requestsPerSecond, 4),
        .words(
          "\(Words.count(requests.completed)) completed in "
            + Words.duration(results.makespanSeconds)),
      ],
    ]
      + (troubles.contains { $0.0 > 0 }
        ? [["", "", .words(shown.map { "\(Words.count($0.0)) \($0.1)" }.joined(separator: ", "))]]
        : [])
  }

  /// Whether prompts were read for vectors or scores alone.
  var writesNothing: Bool { results.requests.completed > 0 && results.tokens.output == 0 }

  private var goodput: [[Cell]] {
    guard let goodput = results.goodput else { return [] }
    let share = results.attainment.map(Words.percent) ?? "unknown share"
    return [
      [
        "goodput", .quantity(goodput, .requestsPerSecond, 4),
        .words("\(share) within \(objectiveWords)"),
      ]
    ]
  }

  /// `TTFT <= 2.00 s, TPOT <= 80.0 ms`
  var objectiveWords: String {
    let objectives = report.inputs.objectives
    return [
      ("TTFT", objectives?.timeToFirstToken), ("TPOT", objectives?.timePerOutputToken),
      ("E2E", objectives?.endToEnd),
    ].compactMap { name, limit in
      limit.map { "\(name) <= \(Words.duration($0 / 1e3))" }
    }.joined(separator: ", ")
  }
}
