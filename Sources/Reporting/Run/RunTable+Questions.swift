internal import Outcomes
internal import Units

// Questions that several requests answer, and what each of them takes.
extension RunTable {
  func questions(_ style: TextStyle) -> [String] {
    guard let questions = report.results.questions else { return [] }
    var table = TextTable([.left])
    for row in QuestionWords.rows(questions) { table.add(row) }
    return table.lines(style)
  }
}

/// Questions in words, for a table of text and one of Markdown.
enum QuestionWords {
  static func rows(_ questions: QuestionResults) -> [[String]] {
    let answered = "\(count(questions.answered)) of \(count(questions.asked))"
    var rows = [
      ["answered", answered + ", by \(count(questions.calls)) calls" + troubles(questions)]
    ]
    if let latency = questions.latency {
      let times = [latency.mean, latency.p50, latency.p99].map { ReportWords.duration($0 / 1e3) }
      rows.append([
        "question to answer", "\(times[0]) in the mean, p50 \(times[1]), p99 \(times[2])",
      ])
    }
    guard let each = questions.each else { return rows }
    func number(_ value: Double) -> String {
      value >= 1_000 ? count(Int64(value.rounded())) : NumberText.significant(value, 3)
    }
    rows.append([
      "each",
      "\(number(each.calls)) calls; \(number(each.inputTokens)) tokens in, "
        + "\(number(each.cachedTokens)) of them cached and \(number(each.prefilledTokens)) "
        + "computed; \(number(each.outputTokens)) out",
    ])
    rows.append(["", "\(NumberText.significant(each.flops / 1e15, 3)) PFLOPs"])
    if let dollars = each.dollars {
      rows.append(["", "\(NumberText.significant(dollars, 3)) USD" + energy(each)])
    } else if each.joules != nil {
      rows.append(["", String(energy(each).dropFirst(2))])
    }
    if let accuracy = each.accuracy {
      let price = each.dollarsPerCorrect.map { ", \(NumberText.significant($0, 3)) USD for each" }
      rows.append(["right", ReportWords.percent(accuracy) + " as published" + (price ?? "")])
    }
    return rows
  }

  private static func count(_ value: Int64) -> String { NumberText.grouped(value) }

  private static func energy(_ each: QuestionResults.Each) -> String {
    each.joules.map { ", \(NumberText.significant($0 / 1e3, 3)) kJ" } ?? ""
  }

  private static func troubles(_ questions: QuestionResults) -> String {
    (questions.failed > 0 ? ", \(count(questions.failed)) failed" : "")
      + (questions.sparedCalls > 0 ? "; \(count(questions.sparedCalls)) calls not needed" : "")
  }
}
