import Diagnostics
import Scenarios
import Testing

/// Histograms of a server's requests as a workload.
struct ScrapedLoadTests {
  private static func scrape(_ prompts: [(String, Int)], sum: Int) -> String {
    func metric(_ name: String) -> String {
      let labels = #"engine="0",model_name="my model""#
      let buckets = prompts.map { #"\#(name)_bucket{\#(labels),le="\#($0)"} \#($1).0"# }
      let count = prompts.last?.1 ?? 0
      return
        (["# TYPE \(name) histogram"] + buckets + [
          "\(name)_count{\(labels)} \(count).0", "\(name)_sum{\(labels)} \(sum).0",
          "\(name)_created{\(labels)} 1.7e+09",
        ]).joined(separator: "\n")
    }
    return metric("vllm:request_prompt_tokens") + "\n" + metric("vllm:request_generation_tokens")
  }

  @Test func workedExample() throws {
    let text = Self.scrape([("10.0", 3), ("20.0", 4), ("+Inf", 4)], sum: 40)
    let load = try ScrapedLoad(later: ("m.txt", text))
    #expect(
      load.input == "{distribution: empirical, lengths: [8, 18], weights: [0.75, 0.25]}")
    #expect(load.output == load.input)
    #expect(load.requests == 4)
  }

  @Test func betweenTwoScrapesIsTheDifference() throws {
    let before = Self.scrape([("10.0", 3), ("20.0", 4), ("+Inf", 4)], sum: 40)
    let after = Self.scrape([("10.0", 3), ("20.0", 10), ("+Inf", 10)], sum: 130)
    let load = try ScrapedLoad(later: ("b", after), earlier: ("a", before))
    #expect(load.input == "{distribution: empirical, lengths: [15], weights: [1]}")
    #expect(load.requests == 6)
  }

  /// 400 of 1,000 tokens, of which 100 of 200 were counted before.
  @Test func cachedTokensAreCounted() throws {
    func text(_ asked: Int, _ hits: Int) -> String {
      Self.scrape([("10.0", asked), ("+Inf", asked)], sum: asked) + """

        vllm:prefix_cache_queries_total{engine="0",model_name="my model"} \(asked).0
        vllm:prefix_cache_hits_total{engine="0",model_name="my model"} \(hits).0
        """
    }
    #expect(try ScrapedLoad(later: ("b", text(1_000, 400))).cachedShare == 0.4)
    #expect(
      try ScrapedLoad(later: ("b", text(1_000, 400)), earlier: ("a", text(200, 100))).cachedShare
        == 0.375)
    let none = try ScrapedLoad(later: ("m", Self.scrape([("+Inf", 1)], sum: 1)))
    #expect(none.cachedShare == nil)
  }

  @Test func severalModelsAreRefused() {
    let one = Self.scrape([("+Inf", 4)], sum: 40)
    #expect(
      problem(one + "\n" + one.replacing("my model", with: "another")) == """
        error[metrics/models]: requests of several models are counted: `another`, `my model`
          --> m.txt
        hint: keep one: `grep 'model_name="another"' m.txt > one.txt`
        """)
  }

  private func problem(_ text: String) -> String {
    do {
      _ = try ScrapedLoad(later: ("m.txt", text))
      return ""
    } catch {
      return (error as? InvalidInput)?.diagnostics.map(\.text).joined(separator: "\n") ?? ""
    }
  }

  private static let hint =
    "hint: take the text as the server gave it: `curl http://HOST:8000/metrics > metrics.txt`"

  @Test(arguments: [
    (
      [("10.0", 3), ("20.0", -4), ("+Inf", 4)], 40, "a count is below zero: -4", 3
    ),
    (
      [("10.0", 3), ("20.0", 2), ("+Inf", 4)], 40,
      "a bucket has fewer than the one below it: 2 after 3",
      3
    ),
    (
      [("20.0", 3), ("10.0", 4), ("+Inf", 4)], 40,
      "the bounds of the buckets do not rise: 10 after 20", 3
    ),
    ([("ten", 3), ("+Inf", 4)], 40, "a bucket has no bound `le` of tokens: ten", 2),
    (
      [("10.0", 3), ("20.0", 4)], 40,
      "`vllm:request_prompt_tokens_bucket` has no `le=\"+Inf\"`, which counts all", nil
    ),
    (
      [("10.0", 3), ("20.0", 4), ("+Inf", 4)], 400,
      "`vllm:request_prompt_tokens_sum` says a mean of 100, and the buckets leave 2.50 to 12.5", nil
    ),
    (
      [("10.0", 0), ("20.0", 0), ("+Inf", 4)], 40,
      "`vllm:request_prompt_tokens_sum` says a mean of 10.0, and the buckets leave 20.0 and more",
      nil
    ),
  ])
  func countsThatCannotBeAreRefused(
    buckets: [(String, Int)], sum: Int, message: String, line: Int?
  ) {
    #expect(
      problem(Self.scrape(buckets, sum: sum)) == """
        error[metrics/histogram]: \(message)
          --> m.txt\(line.map { ":\($0)" } ?? "")
        \(Self.hint)
        """)
  }

  @Test func aMetricInPartsIsRefused() {
    let text = Self.scrape([("10.0", 3), ("+Inf", 4)], sum: 40)
    let sumless = text.split(separator: "\n").filter { !$0.contains("prompt_tokens_sum") }
    #expect(
      problem(sumless.joined(separator: "\n")) == """
        error[metrics/histogram]: `vllm:request_prompt_tokens_sum` is missing, which says how long \
        all were
          --> m.txt
        \(Self.hint)
        """)
    let other = text.replacing(
      "prompt_tokens_count{engine=\"0\",model_name=\"my model\"} 4.0",
      with: "prompt_tokens_count{engine=\"0\",model_name=\"my model\"} 7.0")
    #expect(
      problem(other) == """
        error[metrics/histogram]: `vllm:request_prompt_tokens_count` is 7, and the last bucket has 4
          --> m.txt
        \(Self.hint)
        """)
  }

  @Test func aServerThatBeganAnewIsToldFromOneThatWentOn() {
    let before = Self.scrape([("10.0", 3), ("20.0", 10), ("+Inf", 10)], sum: 130)
    let after = Self.scrape([("10.0", 3), ("20.0", 4), ("+Inf", 4)], sum: 40)
    do {
      _ = try ScrapedLoad(later: ("b.txt", after), earlier: ("a.txt", before))
      Issue.record("it was taken")
    } catch {
      #expect(
        (error as? InvalidInput)?.diagnostics.map(\.text) == [
          """
          error[metrics/restarted]: `vllm:request_prompt_tokens` has counted less than before: 4 \
          requests after 10
            --> b.txt
            note: before: a.txt
          hint: the server began anew, or the files are swapped: give the later one last, or alone
          """
        ])
    }
  }

  @Test func whatCountsNothingIsRefused() {
    #expect(
      problem("up 1") == """
        error[metrics/no-histogram]: no histogram of lengths: `vllm:request_prompt_tokens` or \
        `sglang:prompt_tokens_histogram`
          --> m.txt
        hint: scrape the server itself: `curl http://HOST:8000/metrics > metrics.txt`
        """)
    #expect(
      problem(Self.scrape([("10.0", 0), ("+Inf", 0)], sum: 0)) == """
        error[metrics/no-request]: no request was counted
          --> m.txt
        """)
  }
}
