internal import Diagnostics
package import Units

// Parts of a trace, and how they are played.
extension Trace {
  /// The requests of a part of its time, counted from the first request on, and the turns that wait
  /// for them.
  ///
  /// - Returns: nil where nothing comes in it.
  package func part(from start: SimDuration, lasting length: SimDuration?) -> Trace? {
    let end = length.map { start.nanoseconds &+ $0.nanoseconds } ?? .max
    var changed = self
    if let kept = recording.kept {
      guard let part = kept.part(start.nanoseconds..<end) else { return nil }
      changed = Trace(Recording(recording, keeping: part))
      changed.speed = speed
    } else {
      changed.slice = start.nanoseconds..<end
      changed.extent = extent(of: start.nanoseconds..<end, most: .max)
      guard changed.extent.requests > 0 else { return nil }
    }
    changed.partNanoseconds = length?.nanoseconds
    return changed
  }

  /// Moves each request to somewhere between its stamp and so much later: stamps of a recording are
  /// often rounded.
  ///
  /// - Throws: `InvalidInput` where more requests come in the time than can be put into order.
  package func jittered(by length: SimDuration) throws -> Trace {
    var changed = self
    changed.jitterNanoseconds = length.nanoseconds
    if recording.kept == nil, let source = recording.source {
      try OrderedRows.checkWindow(source, summary, jitterNanoseconds: length.nanoseconds)
    }
    return changed
  }

  package func played(_ rounds: Int) -> Trace {
    var changed = self
    changed.rounds = rounds
    return changed
  }

  /// The answers cut to one token, where there is one.
  package var withShortAnswers: Trace {
    var changed = self
    changed.hasShortAnswers = true
    return changed
  }

  /// Time at which the last of the first so many requests comes [s].
  package func seconds(ofFirst requests: Int) -> Double {
    guard requests < self.requests else { return spanSeconds }
    let (rounds, rest) = requests.quotientAndRemainder(dividingBy: max(1, extent.requests))
    let last = rest == 0 && rounds > 0 ? extent.lastNanoseconds : lastNanoseconds(ofFirst: rest)
    let whole = rest == 0 ? max(0, rounds - 1) : rounds
    return Double(last + Int64(whole) * periodNanoseconds) * 1e-9 / speed
  }

  private func lastNanoseconds(ofFirst requests: Int) -> Int64 {
    guard let kept = recording.kept else {
      return extent(of: slice ?? 0..<(.max), most: requests).lastNanoseconds
    }
    let heads = min(requests, kept.headCount)
    return heads > 0 ? kept.times[kept.head(heads - 1)] : 0
  }

  /// Reads what is in a part.
  private func extent(of part: Range<Int64>, most: Int) -> TraceExtent {
    var extent = TraceExtent()
    guard let source = recording.source else { return extent }
    let rows = OrderedRows(source, summary)
    var row = StreamedRow()
    while extent.requests < most, rows.next(&row), row.nanoseconds < part.upperBound {
      guard row.nanoseconds >= part.lowerBound else { continue }
      extent.requests += 1
      extent.lastNanoseconds = row.nanoseconds - part.lowerBound
      extent.longestRequest = max(
        extent.longestRequest, Int(row.inputTokens) + Int(row.outputTokens))
      extent.inputTokens += Double(row.inputTokens)
      extent.outputTokens += Double(row.outputTokens)
    }
    extent.heads = extent.requests
    return extent
  }
}

extension KeptRows {
  /// The rows whose times lie in a range, counted from its beginning, and those that wait for them.
  fileprivate func part(_ range: Range<Int64>) -> KeptRows? {
    var chosen: [Int] = []
    for position in 0..<headCount where range.contains(times[head(position)]) {
      chosen.append(head(position))
    }
    guard !chosen.isEmpty else { return nil }
    let all = withFollowers(chosen)
    var part = KeptTable()
    var places: [Int: Int32] = [:]
    var chain: [UInt64] = []
    for (place, row) in all.enumerated() {
      places[row] = Int32(place)
      part.times.append(times[row] >= 0 ? times[row] - range.lowerBound : times[row])
      part.inputs.append(inputs[row])
      part.outputs.append(outputs[row])
      if !sessions.isEmpty { part.sessions.append(sessions[row]) }
      if !stamps.isEmpty { part.stamps.append(stamps[row] - range.lowerBound) }
      if !priorities.isEmpty { part.priorities.append(priorities[row]) }
      chain.removeAll(keepingCapacity: true)
      ids.append(of: row, to: &chain)
      let before = times[row] < 0 ? place - 1 : nil
      part.ids.append(chain, scope: ids.scope(of: row), after: before, at: place)
    }
    if !following.isEmpty {
      part.following = all.map { following[$0] < 0 ? -1 : places[Int(following[$0])] ?? -1 }
      part.branches = branches.part(self, all, places)
      part.heads = chosen.compactMap { places[$0] }
    }
    return KeptRows(part)
  }

  /// Rows, each with those behind it that wait for its answer.
  private func withFollowers(_ heads: [Int]) -> [Int] {
    var all: [Int] = []
    var joined: Set<Int> = []
    for head in heads {
      var open = [head]
      while let row = open.popLast() {
        if branches.answers[Int32(row)] != nil, !joined.insert(row).inserted { continue }
        all.append(row)
        guard branches.isEmpty else {
          open += followers(of: row).reversed()
          continue
        }
        if let next = next(after: row) { open.append(next.row) }
      }
    }
    return all
  }
}
