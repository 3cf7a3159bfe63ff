internal import Outcomes

extension TraceReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { TraceTable(self).text(style) }

  /// A figure a row.
  package var csv: String {
    var rows: [(String, Double?)] = [
      ("requests", Double(results.requests)), ("left_out_rows", Double(results.leftOutRows)),
      ("out_of_order_rows", Double(results.outOfOrderRows)), ("span_s", results.spanSeconds),
      ("rate_req_s", results.rate), ("gap_cv", results.gapVariation),
      ("distinct_times", Double(results.distinctTimes)),
      ("fewest_in_a_minute", results.fewestInMinute.map(Double.init)),
      ("most_in_a_minute", results.mostInMinute.map(Double.init)),
      ("most_in_a_second", Double(results.mostInSecond)),
    ]
    func add(_ name: String, _ lengths: Lengths?) {
      guard let lengths else { return }
      rows += [
        ("\(name)_mean", lengths.mean), ("\(name)_p50", lengths.p50), ("\(name)_p90", lengths.p90),
        ("\(name)_p99", lengths.p99), ("\(name)_max", lengths.max),
      ]
    }
    add("input_tokens", results.input)
    add("output_tokens", results.output)
    add("turns", results.conversations?.turns)
    add("wait_s", results.conversations?.wait)
    for hit in results.prefixes?.hits ?? [] {
      let size = hit.cacheBlocks.map { "\($0)_blocks" } ?? "unbounded"
      rows += [
        ("hits_of_blocks_\(size)", hit.ofBlocks), ("hits_of_tokens_\(size)", hit.ofTokens),
        ("hits_per_request_\(size)", hit.perRequest),
      ]
    }
    return rows.reduce(CSVText.line(["figure", "value"])) {
      $0 + CSVText.line([$1.0, CSVText.number($1.1)])
    }
  }

  package var markdown: String {
    let page = TraceTable(self)
    var blocks = [
      "### \(MarkdownText.escaped(file)), \(format)",
      page.figures.map { "- " + MarkdownText.escaped($0) }.joined(separator: "\n"),
      MarkdownText.table(TraceTable.lengthColumns, words: 1, rows: page.lengthRows),
    ]
    if let prefixes = results.prefixes {
      blocks += [
        MarkdownText.escaped(page.reachWords(prefixes) + "."),
        MarkdownText.table(TraceTable.reachColumns, words: 0, rows: page.reachRows(prefixes)),
      ]
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }
}
