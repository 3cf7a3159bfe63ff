import Scenarios
import Testing

struct ScrapedGuessesTests {
  private func scrape(_ drafts: Int, _ accepted: [Int]) -> String {
    let labels = #"engine="0",model_name="my model""#
    return
      ([
        "# TYPE vllm:spec_decode_num_drafts_total counter",
        "vllm:spec_decode_num_drafts_total{\(labels)} \(drafts).0",
      ]
      + accepted.enumerated().map {
        #"vllm:spec_decode_num_accepted_tokens_per_pos_total{\#(labels),position="\#($0)"} \#($1)"#
      }).joined(separator: "\n")
  }

  @Test func workedExample() {
    #expect(ScrapedGuesses.acceptance(later: scrape(100, [80, 60])) == [0.8, 0.75])
  }

  @Test func betweenTwoScrapesIsTheDifference() {
    #expect(
      ScrapedGuesses.acceptance(later: scrape(300, [160, 80]), earlier: scrape(100, [60, 30]))
        == [0.5, 0.5])
  }

  @Test func aServerThatDoesNotGuessSaysNothing() {
    #expect(ScrapedGuesses.acceptance(later: "vllm:num_requests_running 3") == nil)
    #expect(ScrapedGuesses.acceptance(later: scrape(0, [0, 0])) == nil)
  }

  /// What was counted is taken with the server's command line, unless the scenario says it itself.
  @Test func itIsTakenWithTheCommandLine() throws {
    let line = "vllm serve m --spec-method ngram --spec-tokens 2"
    func settings(_ acceptance: EngineGuesses.Acceptance) throws -> [String] {
      try EngineCommand(line, acceptance: acceptance).settings.map { "\($0.key)=\($0.value)" }
    }
    #expect(
      try settings(.counted([0.8, 0.75], by: "--metrics m.txt")) == [
        "speculation.method=lookup", "speculation.guesses=2", "speculation.acceptance=[0.8, 0.75]",
      ])
    #expect(
      try settings(.stated) == ["speculation.method=lookup", "speculation.guesses=2"])
    #expect(try settings(.unknown).isEmpty)
  }
}
