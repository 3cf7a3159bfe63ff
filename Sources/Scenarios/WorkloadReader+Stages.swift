internal import ByteStreams
internal import Diagnostics
internal import Units
internal import Workloads

// Rates that follow each other, written down or recorded.
extension WorkloadReader {
  private static let columns = (time: "time_s", rate: "req_s")

  /// `stages`, or a `file` with a rate from each time on; `repeat` begins anew when they are over.
  func readStages(_ map: ConfigMapping) -> StagedRate {
    let listed = map.optional("stages")
    let file = map.optional("file")
    let repeats = map.optional("repeat")?.boolean() ?? false
    var stages: [StagedRate.Stage] = []
    switch (listed, file) {
    case (let listed?, nil): stages = listed.sequence().map(readStage)
    case (nil, let file?): stages = readRates(file)
    case (nil, nil): _ = map.required("stages")
    case (_, let file?):
      file.report(
        "two-rates", "`\(file.path)` cannot be given together with `stages`",
        hint: "leave out one of them")
    }
    let place = listed ?? file
    if let place, stages.isEmpty, !source.hasProblems {
      place.report("empty-list", "`\(place.path)` must not be empty")
    }
    if let place, !stages.isEmpty, !stages.contains(where: { $0.rate > 0 }) {
      place.report("no-requests", "no request ever comes: every rate is 0")
    }
    checkSpan(of: stages, at: place)
    if !repeats { checkCount(of: stages, at: place) }
    guard stages.contains(where: { $0.rate > 0 }), !source.hasProblems else {
      return StagedRate([StagedRate.Stage(rate: 1, seconds: 1)], repeats: repeats)
    }
    return StagedRate(stages, repeats: repeats)
  }

  private func readStage(_ node: ConfigNode) -> StagedRate.Stage {
    let map = node.mapping()
    let stage = StagedRate.Stage(
      rate: map.required("rate")?
        .quantity(.requestsPerSecond, .within(0...WorkloadLimits.rates.upperBound)) ?? 0,
      seconds: map.required("duration")?.quantity(.seconds, .within(WorkloadLimits.stages)) ?? 1)
    map.finish()
    return stage
  }

  private func checkSpan(of stages: [StagedRate.Stage], at place: ConfigNode?) {
    let years = stages.reduce(0) { $0 + $1.seconds } / WorkloadLimits.secondsPerYear
    guard let place, years > WorkloadLimits.longestYears else { return }
    place.report(
      "too-long",
      "the stages take more than \(NumberText.fixed(WorkloadLimits.longestYears, 0)) years: "
        + NumberText.significant(years))
  }

  /// A load that ends is served to its end.
  private func checkCount(of stages: [StagedRate.Stage], at place: ConfigNode?) {
    let requests = stages.reduce(0) { $0 + $1.rate * $1.seconds }
    guard let place, requests > Double(Self.mostRequests) else { return }
    place.report(
      "out-of-range",
      "the stages have more requests than \(NumberText.grouped(Self.mostRequests)): "
        + NumberText.fixed(requests, 0),
      hint: "lower their rates, or let them begin anew: `repeat: true`")
  }

  /// A table of times and rates: each holds until the next one's time, the last one as long as the
  /// one before it.
  private func readRates(_ node: ConfigNode) -> [StagedRate.Stage] {
    adopting(at: node) {
      let file = try openFile(node.words())
      let bytes: [UInt8]
      do throws(ByteStreamFailure) {
        bytes = try ByteStream.contents(of: file, limit: TextFile.longestTable)
      } catch {
        throw error.error
      }
      return try Self.stages(
        try CSVTable(String(decoding: bytes, as: UTF8.self), file: file.path))
    } ?? []
  }

  private static func stages(_ table: CSVTable) throws -> [StagedRate.Stage] {
    let reader = try CSVReader(table, needing: [columns.time, columns.rate])
    let times = reader.rows.map { reader.number(columns.time, $0, .any) }
    let rates = reader.rows.map {
      reader.number(columns.rate, $0, .within(0...WorkloadLimits.rates.upperBound))
    }
    for (index, row) in reader.rows.enumerated().dropFirst()
    where times[index] <= times[index - 1] {
      reader.report(
        "order", "`\(columns.time)` must rise from row to row: \(times[index])", columns.time, row)
      break
    }
    if times.count < 2 {
      throw InvalidInput(
        Diagnostic(
          code: "csv/too-few-rows", "a table of rates needs two rows at the least",
          at: SourceLocation(file: table.file)))
    }
    try reader.check()
    let lengths = zip(times.dropFirst(), times).map { $0 - $1 }
    return zip(rates, lengths + [lengths[lengths.count - 1]]).map {
      StagedRate.Stage(rate: $0, seconds: $1)
    }
  }
}
