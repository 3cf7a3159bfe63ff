package import Requirements

// Figures of one class of the workload: `ttft.p99@chat`.
extension RunFigures {
  /// Paths of the figures that are known of a class.
  static let ofClasses: Set<String> = Set(
    ["ttft", "tpot", "e2e"].flatMap { name in
      ["mean", "p50", "p90", "p95", "p99", "max"].map { "\(name).\($0)" }
    } + ["output", "attainment", "abandoned.share", "preempted.share"])

  /// What may be required of a run: every figure, and of a class those that are known of it.
  package static let names = FigureNames(known: figures.map(\.path)) { named($0) }

  /// The class in a name like `ttft.p99@chat`; nil where it is of no class.
  package static func className(in path: String) -> String? { split(path)?.name }

  /// The figure and the class of a name like `ttft.p99@chat`; nil where it is none.
  package static func split(_ path: String) -> (row: RunFigure, name: String)? {
    guard let sign = path.firstIndex(of: "@"), case let base = String(path[..<sign]),
      ofClasses.contains(base), let row = all.first(where: { $0.path == base })
    else { return nil }
    let name = String(path[path.index(after: sign)...])
    return name.isEmpty ? nil : (row, name)
  }
}

extension RunResults {
  /// Every figure of every class.
  package var classFigures: [FigureValue] {
    (classes ?? []).flatMap { kind in
      RunFigures.all.filter { RunFigures.ofClasses.contains($0.path) }
        .compactMap { figure("\($0.path)@\(kind.name)") }
    }
  }

  /// The run as if there were the requests of one class alone; nil where it has none of that name.
  func of(className name: String) -> RunResults? {
    guard let found = classes?.first(where: { $0.name == name }) else { return nil }
    var results = RunResults()
    results.load = load
    results.requests.completed = found.completed
    results.requests.rejected = found.failed - (found.abandoned ?? 0)
    results.requests.abandoned = found.abandoned
    results.requests.preempted = found.preempted
    results.outputRate = found.outputRate
    results.timeToFirstToken = found.timeToFirstToken
    results.timePerOutputToken = found.timePerOutputToken
    results.endToEnd = found.endToEnd
    results.attainment = found.attainment
    return results
  }

  /// Why a figure of a class has no value.
  func reasonForNone(of row: RunFigure, className name: String) -> FigureValue.Unknown {
    guard let results = of(className: name) else {
      let known = (classes ?? []).map(\.name)
      return FigureValue.Unknown(
        known.isEmpty
          ? "the workload has no classes that are told apart"
          : "no class of the workload has this name: \(name); there are "
            + known.joined(separator: ", "))
    }
    return results.figure(row).unknown ?? FigureValue.Unknown("no request of it completed")
  }
}
