internal import Rendering
internal import Results
internal import Units

// Questions that several requests answer, and what each of them takes.
extension RunFindings {
  var questions: Section {
    Section("Questions") {
      if let questions = results.questions { Part.facts(Self.facts(of: questions)) }
    }
  }

  private static func facts(of questions: QuestionResults) -> [Fact] {
    let answered =
      "\(Words.count(questions.answered)) of \(Words.count(questions.asked)), by "
      + "\(Words.count(questions.calls, "call"))" + troubles(questions)
    var facts = [Fact("answered", answered)]
    if let latency = questions.latency {
      let times = [latency.mean, latency.p50, latency.p99].map { Words.duration($0 / 1e3) }
      facts.append(
        Fact(
          "question to answer", "\(times[0]) in the mean, p50 \(times[1]), p99 \(times[2])"))
    }
    guard let each = questions.each else { return facts }
    func number(_ value: Double) -> String {
      value >= 1_000 ? Words.count(Int64(value.rounded())) : NumberText.significant(value, 3)
    }
    facts.append(
      Fact(
        "each",
        "\(number(each.calls)) calls; \(number(each.inputTokens)) tokens in, "
          + "\(number(each.cachedTokens)) of them cached and \(number(each.prefilledTokens)) "
          + "computed; \(number(each.outputTokens)) out",
        "\(NumberText.significant(each.flops / 1e15, 3)) PFLOPs",
        [each.dollars.map { "\(NumberText.significant($0, 3)) USD" }, energy(each)]
          .compactMap { $0 }.joined(separator: ", ")))
    if let cache = each.cacheBytes {
      facts.append(
        Fact("cache of each", "\(NumberText.quantity(cache, .bytes, digits: 3)) while it is open"))
    }
    if let accuracy = each.accuracy {
      let price = each.dollarsPerCorrect.map { ", \(NumberText.significant($0, 3)) USD for each" }
      facts.append(
        Fact("right", Words.percent(accuracy) + (price ?? ""), each.accuracyBasis ?? ""))
    }
    return facts
  }

  private static func energy(_ each: QuestionResults.Each) -> String? {
    each.joules.map { "\(NumberText.significant($0 / 1e3, 3)) kJ" }
  }

  private static func troubles(_ questions: QuestionResults) -> String {
    (questions.failed > 0 ? ", \(Words.count(questions.failed)) failed" : "")
      + (questions.sparedCalls > 0
        ? "; \(Words.count(questions.sparedCalls)) calls not needed" : "")
      + (questions.cancelledCalls > 0
        ? "; \(Words.count(questions.cancelledCalls)) taken back, "
          + "\(Words.count(questions.wastedTokens, "token")) written in vain" : "")
  }
}
