internal import Diagnostics
internal import Units
internal import Workloads

// Work that nobody waits for, sent while a window is open.
extension WorkloadReader {
  private static let lowest: Int32 = 100
  private static let inFlight = 1...100_000

  /// `batch`, whose requests are a class of their own.
  func readBatch(_ node: ConfigNode, into workload: inout Workload) {
    let map = node.mapping()
    let every = map.optional("every")
    let period =
      every?.quantity(.seconds, .within(WorkloadLimits.periods)) ?? WorkloadLimits.secondsPerDay
    let times = Bounds.within(0...period)
    let from = map.required("from")?.quantity(.seconds, times) ?? 0
    let until = map.required("until")?.quantity(.seconds, times) ?? 0
    var item = RequestClass(
      name: map.optional("name")?.words() ?? "batch", share: 0,
      input: readLength(map.required("input"), WorkloadLimits.lengths),
      thinking: map.optional("thinking").map { readLength($0, 0...WorkloadLimits.longest) },
      output: readAnswer(map.required("output")))
    item.sharedPrefix = map.optional("shared_prefix").map(readSharedPrefix)
    item.priority = map.optional("priority").map { Self.readPriority($0) } ?? Self.lowest
    let requests = map.required("requests")?.integer(in: 1...Self.mostRequests) ?? 1
    let inFlight = map.required("in_flight")?.integer(in: Self.inFlight) ?? 1
    map.finish()
    // An end before the beginning is one of the next period.
    let length = until > from ? until - from : until - from + period
    if from == until {
      node.report("out-of-range", "`\(node.path)` is never open: from \(time(from)) to the same")
    }
    if workload.classes.contains(where: { $0.name == item.name }) {
      node.report(
        "two-names", "`\(node.path)` has the name of a class: \(item.name)",
        hint: "give it a `name` of its own")
    }
    workload.batch = BatchWindow(
      classIndex: Int16(workload.classes.count), requests: requests, inFlight: inFlight,
      opens: from, length: length, period: period)
    workload.classes.append(item)
    checkBatch(workload, period: period, at: every ?? node, node)
  }

  /// It is sent beside requests that come whatever becomes of it, and hours of one kind are judged
  /// with hours of another over whole periods.
  private func checkBatch(
    _ workload: Workload, period: Double, at every: ConfigNode, _ node: ConfigNode
  ) {
    guard workload.arrivals.meanRate != nil, workload.recorded == nil else {
      return node.report(
        "batch", "`\(node.path)` is sent beside requests that come at a rate, and these do not",
        hint: "let them come as `poisson`, `gamma`, `diurnal` or `stages`")
    }
    guard workload.isJudgedSteady else { return }
    guard let own = workload.arrivals.periodSeconds else {
      return node.report(
        "batch",
        "with `\(node.path)` some hours are unlike others, and the arrivals are always alike",
        notes: ["what is always the case is judged over whole periods"],
        hint: "use `diurnal` or repeated `stages`, or set `judge` to `whole`")
    }
    guard own != period else { return }
    every.report(
      "batch",
      "`\(node.path).every` is not the period of the arrivals: \(time(period)), \(time(own))",
      hint: "set `every` to \(time(own))")
  }

  /// Whole hours as such.
  private func time(_ seconds: Double) -> String {
    let hours = seconds / 3_600
    return hours == hours.rounded()
      ? "\(NumberText.plain(hours)) h" : NumberText.quantity(seconds, .seconds)
  }
}
