package import Documents
package import Rendering
internal import Units

extension TraceReport: Report {
  package var page: Page {
    Page(name: file, title: format, kind: "windtunnel trace stats \(file)") {
      Section { figures.map { Part.paragraph($0) } }
      Section("Lengths") { Part.table(lengths) }
      Section("Load over time") {
        Part.picture(.lines(load))
        Part.paragraph(loadWords)
      }
      Section("Prompt tokens that a cache would hold") {
        if let prefixes = results.prefixes {
          Part.paragraph(Self.words(prefixes))
          Part.table(Self.table(of: prefixes))
        }
      }
    }
  }

  private var figures: [String] {
    var lines = [Words.count(results.requests, "request")]
    if let span = results.spanSeconds { lines[0] += " in \(Words.count(Int(span.rounded()))) s" }
    if let rate = results.rate { lines[0] += ", \(NumberText.significant(rate, 4)) req/s" }
    if results.leftOutRows > 0 { lines[0] += "; \(Words.count(results.leftOutRows)) rows left out" }
    if let variation = results.gapVariation {
      lines.append(
        "gaps between them vary by \(NumberText.significant(variation, 4)) (standard deviation "
          + "over mean; 1 is Poisson)")
    }
    if let fewest = results.fewestInMinute, let most = results.mostInMinute {
      lines.append(
        "\(Words.count(fewest)) to \(Words.count(most)) in a minute, at most "
          + "\(Words.count(results.mostInSecond)) in a second; "
          + "\(Words.count(results.distinctTimes)) different times")
    }
    return lines
  }

  private var lengths: Table {
    let named: [(String, Lengths?)] = [
      ("input tokens", results.input), ("output tokens", results.output),
      ("requests of a conversation", results.conversations?.turns),
      ("requests of a session, sub-agents and all", results.conversations?.ofSessions),
      ("wait for a turn [s]", results.conversations?.wait),
    ]
    return Table(
      "Lengths", ["", "mean", "p50", "p90", "p99", "max"],
      rows: named.compactMap { name, lengths in
        lengths.map { found in
          [.words(name)]
            + [found.mean, found.p50, found.p90, found.p99, found.max].map(Self.number)
        }
      })
  }

  private static func number(_ value: Double) -> Cell {
    value >= 10_000 ? .count(Int(value.rounded())) : .number(value, 5)
  }

  // MARK: Load

  private var secondsOfAPart: Double {
    (results.spanSeconds ?? 0) / Double(max(1, results.load.count))
  }

  private var load: LineChart {
    let seconds = secondsOfAPart
    return LineChart(
      "Load over time", "Requests a second of the trace in equal parts of its time.",
      x: ChartAxis("time", .seconds), y: ChartAxis("req/s", .significant(3)),
      seconds > 0
        ? [
          ChartSeries(
            "requests",
            results.load.enumerated().map { index, count in
              ChartPoint(Double(index) * seconds, Double(count) / seconds)
            })
        ] : [])
  }

  /// Ten parts in words, for those without pictures.
  private var loadWords: String {
    let seconds = secondsOfAPart
    guard seconds > 0 else { return "" }
    let parts = 10
    let rates = (0..<min(parts, results.load.count)).map { part -> String in
      let count = results.load.count
      let slice = results.load[(part * count / parts)..<((part + 1) * count / parts)]
      let rate = Double(slice.reduce(0, +)) / (Double(max(1, slice.count)) * seconds)
      return NumberText.significant(rate, 3)
    }
    return "in tenths of its time, req/s: " + rates.joined(separator: ", ")
  }

  // MARK: Caches

  private static func table(of prefixes: Prefixes) -> Table {
    Table(
      "Caches", ["blocks of the cache", "tokens", "of blocks", "of tokens", "per request"],
      rows: prefixes.hits.map { hit in
        [
          hit.cacheBlocks.map { .count($0) } ?? .amount("without end"), .count(hit.cacheTokens),
          .share(hit.ofBlocks), .share(hit.ofTokens), .share(hit.perRequest),
        ]
      })
  }

  private static func words(_ prefixes: Prefixes) -> String {
    "\(Words.count(prefixes.blocks)) blocks of \(prefixes.blockTokens) tokens, "
      + "\(Words.count(prefixes.uniqueBlocks)) of them different; what was used longest "
      + "ago is evicted"
  }

  /// A figure a row.
  package var rows: [[String]]? {
    var rows: [(String, Double?)] = [
      ("requests", Double(results.requests)), ("left_out_rows", Double(results.leftOutRows)),
      ("out_of_order_rows", Double(results.outOfOrderRows)), ("span_s", results.spanSeconds),
      ("rate_req_s", results.rate), ("gap_cv", results.gapVariation),
      ("distinct_times", Double(results.distinctTimes)),
      ("fewest_in_a_minute", results.fewestInMinute.map(Double.init)),
      ("most_in_a_minute", results.mostInMinute.map(Double.init)),
      ("most_in_a_second", Double(results.mostInSecond)),
    ]
    let named: [(String, Lengths?)] = [
      ("input_tokens", results.input), ("output_tokens", results.output),
      ("turns", results.conversations?.turns), ("wait_s", results.conversations?.wait),
    ]
    for case (let name, let lengths?) in named {
      rows += [
        ("\(name)_mean", lengths.mean), ("\(name)_p50", lengths.p50), ("\(name)_p90", lengths.p90),
        ("\(name)_p99", lengths.p99), ("\(name)_max", lengths.max),
      ]
    }
    for hit in results.prefixes?.hits ?? [] {
      let size = hit.cacheBlocks.map { "\($0)_blocks" } ?? "unbounded"
      rows += [
        ("hits_of_blocks_\(size)", hit.ofBlocks), ("hits_of_tokens_\(size)", hit.ofTokens),
        ("hits_per_request_\(size)", hit.perRequest),
      ]
    }
    return [["figure", "value"]] + rows.map { [$0.0, CSVText.number($0.1)] }
  }
}
