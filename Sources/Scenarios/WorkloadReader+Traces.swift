internal import ByteStreams
internal import Diagnostics
internal import Units
internal import Workloads

// Recorded requests: their files, what is in them, and how they are replayed.
extension WorkloadReader {
  /// The keys of `arrivals` with the process `trace`.
  func readTraceArrivals(_ map: ConfigMapping) -> Trace {
    let speedNode = map.optional("speed")
    let speed = speedNode?.number(.within(0.001...1_000)) ?? 1
    let rateNode = map.optional("rate")
    let rate = rateNode?.quantity(.requestsPerSecond, .within(WorkloadLimits.rates))
    let jitter = map.optional("jitter")
    let moved = jitter?.quantity(.seconds, .within(0...WorkloadLimits.secondsPerDay))
    let rounds = map.optional("loop")?.integer(in: 1...1_000_000) ?? 1
    guard let file = map.required("file"), var trace = readTrace(map, file) else {
      return Trace(entries: [])
    }
    guard trace.summary.isTimed else {
      file.report(
        "no-times", "the trace has no times at which its requests come",
        hint: file.isOverridden
          ? "let clients ask for them: `--concurrency 8`, and say `workload.replay` where you say "
            + "`\(map.path)`"
          : "let other arrivals ask for them: `arrivals: {process: poisson, rate: 4 req/s}`, "
            + "`replay: {file: \(file.words())}`")
      return Trace(entries: [])
    }
    if let moved, moved > 0, let jitter {
      trace = adopting(at: jitter) { try trace.jittered(by: SimDuration(seconds: moved)) } ?? trace
    }
    trace = trace.played(rounds)
    trace.speed = speed
    if let rate, let rateNode {
      if let own = trace.rate {
        trace.speed = speed * rate / (own / speed)
      } else {
        rateNode.report(
          "rate", "the trace has no rate that could be scaled: all its requests come at once",
          hint: "let arrivals of a rate ask for its requests: `arrivals: {process: poisson, rate: "
            + "...}` and `replay: {file: ...}`")
      }
    }
    checkSpan(of: trace, at: speedNode ?? rateNode ?? file)
    if trace.requests > Self.mostRequests {
      file.report(
        "out-of-range",
        "the trace has more requests than \(NumberText.grouped(Self.mostRequests)): "
          + NumberText.grouped(trace.requests),
        hint: "lower `\(map.path).loop`")
    }
    return trace
  }

  /// `replay`: whose requests come when other arrivals ask for them.
  func readReplay(_ node: ConfigNode, _ arrivals: ArrivalProcess) -> Trace? {
    if case .trace = arrivals {
      node.report(
        "two-traces", "`\(node.path)` cannot be given together with a trace's own arrivals",
        hint: "leave out one of them")
      return nil
    }
    let map = node.mapping()
    defer { map.finish() }
    guard let file = map.required("file") else { return nil }
    return readTrace(map, file)
  }

  /// What both have: the file, how to read it, and the part of it.
  private func readTrace(_ map: ConfigMapping, _ file: ConfigNode) -> Trace? {
    let start = map.optional("from")
    let length = map.optional("for")
    let bounds = Bounds.within(0...WorkloadLimits.longestYears * WorkloadLimits.secondsPerYear)
    let startSeconds = start?.quantity(.seconds, bounds)
    let lengthSeconds = length?.quantity(.seconds, bounds)
    var options = readOptions(map)
    // A file that is named on the command line has no scenario that could be added to.
    if file.isOverridden { options.keys = .settings(path: map.path) }
    let recording = adopting(at: file) {
      try RecordingShelf.recording(try openFile(file.words()), options)
    }
    guard let recording else { return nil }
    let trace = Trace(recording)
    guard let place = start ?? length else { return trace }
    let part = trace.part(
      from: SimDuration(seconds: startSeconds ?? 0),
      lasting: lengthSeconds.map { SimDuration(seconds: $0) })
    guard let part else {
      place.report(
        "empty-part",
        "no request comes in this part of the trace, which lasts "
          + NumberText.quantity(trace.spanSeconds, .seconds),
        hint: "leave it out, or begin earlier")
      return nil
    }
    return part
  }

  private func readOptions(_ map: ConfigMapping) -> TraceOptions {
    var options = TraceOptions()
    options.format = map.optional("format")?.choice(TraceFormat.self, default: .azure)
    options.columns = map.optional("columns").map(readColumns) ?? []
    options.timeUnit = map.optional("time_unit")?.choice(TimeUnit.self, default: .seconds)
    options.delimiter = map.optional("delimiter").flatMap(readDelimiter)
    options.blockTokens = map.optional("block_tokens")?.integer(in: 1...1_048_576)
    options.turns = map.optional("turns")?.choice(TraceOptions.Turns.self, default: .recorded)
    options.inputCounts =
      map.optional("input_counts")?.choice(TraceOptions.InputCounts.self, default: .prompts)
      ?? .prompts
    options.inputTokens = map.optional("input")
      .map { Int32($0.integer(in: WorkloadLimits.lengths)) }
    options.outputTokens = map.optional("output")
      .map { Int32($0.integer(in: 0...WorkloadLimits.longest)) }
    options.seed = seed
    return options
  }

  private func readColumns(_ node: ConfigNode) -> [TraceOptions.Column] {
    let map = node.mapping()
    let columns = TraceOptions.ColumnField.allCases.compactMap { field in
      map.optional(field.rawValue).map { TraceOptions.Column(field, $0.words()) }
    }
    map.finish()
    return columns
  }

  private func readDelimiter(_ node: ConfigNode) -> UInt8? {
    let text = node.string()
    if let sign = TraceOptions.delimiter(text) { return sign }
    node.report(
      "delimiter",
      "`\(node.path)` must be one sign, or `comma`, `semicolon`, `tab`, `pipe` or "
        + "`space`: \(text)",
      hint: "leave it out, and it is found in the header")
    return nil
  }

  private func checkSpan(of trace: Trace, at node: ConfigNode) {
    let years = trace.spanSeconds / WorkloadLimits.secondsPerYear
    guard years > WorkloadLimits.longestYears else { return }
    node.report(
      "too-long",
      "the trace takes more than \(NumberText.fixed(WorkloadLimits.longestYears, 0)) years: "
        + NumberText.significant(years),
      hint: "raise `workload.arrivals.speed`")
  }

  /// What a file has, or nil after taking over what is wrong with it.
  func adopting<Value>(at node: ConfigNode, _ read: () throws -> Value) -> Value? {
    do {
      return try read()
    } catch let error as InvalidInput {
      source.adopt(error)
    } catch let error as FileFailure {
      var diagnostic = error.diagnostic
      diagnostic.location = node.location
      diagnostic.path = node.path
      source.adopt(InvalidInput(diagnostic))
    } catch {
      node.report("trace", "the file cannot be read")
    }
    return nil
  }
}
