import TestSupport
import Testing

/// Scenarios that options describe, without a file.
struct OptionScenarioTests {
  private static let load = [
    "--model", "Llama-3.1-8B", "--rate", "1 req/s", "--input", "500", "--output", "50",
  ]

  @Test func whatIsMissingIsAnOption() throws {
    let outcome = try Tool().run("run", "--model", "Llama-3.1-8B", "--input", "500")
    #expect(outcome.status == 4)
    #expect(
      outcome.error.contains(
        """
        error[scenario/missing-key]: missing key `hardware`
        hint: add for example `--hardware h200-sxm`
        """))
    #expect(outcome.error.contains("hint: add for example `--output 330`"))
  }

  @Test func aNumberAfterOutputIsALength() throws {
    let tool = try Tool()
    let outcome = try tool.start(["run"] + Self.load + ["--hardware", "h200-sxm"]).wait()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("on average 500 tokens in, 50 out"))
    #expect(try tool.start(["run"] + Self.load).wait().status == 4)
  }

  /// Printed commands say the options again and what was found by `--set`.
  @Test(arguments: [
    (["workload.input=900"], "on average 900 tokens in, 50 out", "`--set workload.input=900`"),
    (["workload.arrivals.rate=2 req/s"], "poisson at 2 req/s", ""),
    (["hardware=b200-sxm"], "1 x b200-sxm", "`--set hardware=b200-sxm`"),
    (["workload.arrivals={process: closed-loop, clients: 3}"], "3 clients", "`--set workload"),
  ])
  func whatIsSetWinsOverAnOption(_ set: [String], _ shown: String, _ noted: String) throws {
    let outcome = try Tool().start(
      ["run"] + Self.load + ["--hardware", "h200-sxm"] + set.flatMap { ["--set", $0] }
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains(shown), "\(outcome.output)")
    #expect(noted.isEmpty || outcome.error.contains("takes the place of `--"), "\(outcome.error)")
    #expect(noted.isEmpty || outcome.error.contains(noted), "\(outcome.error)")
  }

  /// What an option is a part of takes it up.
  @Test func anOptionFillsWhatIsSet() throws {
    let outcome = try Tool().run(
      "run", "benchmark/chat", "--rate", "3 req/s", "--set",
      "workload.arrivals={process: gamma, cv: 2}", "--set", "workload.requests=200")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("gamma at 3 req/s"), "\(outcome.output)")
  }

  /// What comes at no rate comes at random, and clients ask for what was recorded.
  @Test func arrivalsOfAnotherKindAreReplaced() throws {
    let few = ["--set", "workload.requests=60"]
    let random = try Tool().start(["run", "r1-h200-tp8", "--rate", "1 req/s"] + few).wait()
    #expect(random.status == 0 || random.status == 2, "\(random.error)")
    #expect(
      random.error.contains(
        "`--rate '1 req/s'`: requests come at random, where the scenario has `closed-loop` "
          + "arrivals\n"))
    #expect(random.output.contains("poisson at 1 req/s"), "\(random.output)")
    let clients = try Tool().start(["run", "code-azure", "--concurrency", "2"] + few).wait()
    #expect(clients.status == 0 || clients.status == 2, "\(clients.error)")
    #expect(
      clients.error.contains(
        "`--concurrency 2`: as many clients ask for the recorded requests, whose own times do not "
          + "count\n"))
    #expect(clients.output.contains("closed-loop of 2 clients"), "\(clients.output)")
    let same = try Tool().start(["run", "benchmark/chat", "--rate", "3 req/s"] + few).wait()
    #expect(!same.error.contains("requests come at random"))
  }

  @Test func aServersCommandLineIsNamedInTheReport() throws {
    let outcome = try Tool().run(
      "run", "--from", "vllm serve Llama-3.1-8B -tp 2 --enforce-eager", "--hardware", "h200-sxm",
      "--concurrency", "4", "--input", "500", "--output", "50")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("taken      parallelism.tensor 2 (-tp 2)"))
    #expect(
      outcome.output.contains(
        "not taken  --enforce-eager: steps without captured batches are not simulated"))
    #expect(outcome.error.hasPrefix("taken from the command line: engine vllm, model Llama-3.1-8B"))
  }

  /// What is shown in full says the options again, and no file.
  @Test func machinesAreComparedWithoutAFile() throws {
    let outcome = try Tool().start(
      ["compare"] + Self.load + ["--speed", "30 tok/s", "--hardware", "h200-sxm,l40s"]
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(
      outcome.output.contains(
        "windtunnel run --rate '1 req/s' --input 500 --output 50 --speed '30 tok/s' "
          + "--model Llama-3.1-8B --set hardware="))
  }

  private static let sessions = """
    {"session_id": "a", "timestamp": 0, "input_length": 655, "output_length": 52}
    {"session_id": "a", "delay": 500, "input_length": 1200, "output_length": 26}
    {"session_id": "b", "timestamp": 1000, "input_length": 900, "output_length": 30}

    """

  /// Its file is from where it is typed, the scenario's place notwithstanding.
  @Test func aRecordingIsALoad() throws {
    let tool = try Tool(files: [
      "mine.jsonl": Self.sessions,
      "s.yaml": """
      schema: windtunnel/scenario/1
      model: Llama-3.1-8B
      hardware: h200-sxm
      engine: vllm
      workload: {requests: 9, arrivals: {process: offline}, input: 5, output: 5}
      """,
    ])
    _ = try tool.runInShell("mkdir there && mv s.yaml there")
    let machine = ["--model", "Llama-3.1-8B", "--hardware", "h200-sxm"]
    for words in [machine, ["there/s.yaml"], ["chat-gpt-oss"] + machine] {
      let outcome = try tool.start(["run", "--trace", "mine.jsonl"] + words).wait()
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(
        outcome.output.contains(
          """
            workload  3 requests, trace; on average 918 tokens in, 36 out
                      as recorded in mine.jsonl (mooncake)
          """), "\(outcome.output)")
    }
    let faster = try tool.start(
      ["run", "--trace", "mine.jsonl", "--rate", "30 req/s", "--format", "csv"] + machine
    ).wait()
    #expect(faster.status == 0, "\(faster.error)")
    let asked = try tool.start(
      ["run", "--trace", "mine.jsonl", "--concurrency", "2"] + machine
    ).wait()
    #expect(
      asked.output.contains("as recorded in mine.jsonl (mooncake)"),
      "\(asked.error)\(asked.output)")
    // What is said of the recording is not lost, in whichever order.
    let none = try tool.start(
      ["run", "--set", "workload.arrivals.from=1 h", "--trace", "mine.jsonl"] + machine
    ).wait()
    #expect(none.error.contains("error[scenario/empty-part]"), "\(none.error)")
  }

  @Test func lengthsThatAFileHasNotAreOptions() throws {
    let tool = try Tool(files: ["lengths.csv": "source,qsl,output_tokens\na,1,50\nb,2,70\n"])
    let columns = "workload.replay.columns={output: output_tokens}"
    let words = [
      "run", "--trace", "lengths.csv", "--concurrency", "1", "--model", "Llama-3.1-8B",
      "--hardware", "h200-sxm", "--set", columns,
    ]
    let outcome = try tool.start(words + ["--input", "400"]).wait()
    #expect(
      outcome.output.contains("on average 400 tokens in, 60 out"),
      "\(outcome.error)")
    let refused = try tool.start(words).wait()
    #expect(
      refused.error.contains(
        "error[trace/columns]: `workload.replay.columns` does not say which one is `input`"))
    #expect(
      refused.error.contains("or say how long all are: `--set workload.replay.input=1000`"))
  }

  @Test func nothingAtAllIsNoScenario() throws {
    let outcome = try Tool().run("run")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("Error: Missing expected argument '<scenario>'\n"))
  }

  /// Six requests in a minute of a server's own counting.
  @Test func aServersMetricsAreALoad() throws {
    let names = ["vllm:request_prompt_tokens", "vllm:request_generation_tokens"]
    let text = names.map { name in
      """
      \(name)_bucket{le="100.0"} 2.0
      \(name)_bucket{le="200.0"} 6.0
      \(name)_bucket{le="+Inf"} 6.0
      \(name)_count 6.0
      \(name)_sum 700.0

      """
    }.joined()
    let tool = try Tool(files: ["metrics.txt": text])
    let outcome = try tool.run(
      "init", "--model", "Llama-3.1-8B", "--metrics", "metrics.txt", "--metrics-over", "1 min")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("arrivals: {process: poisson, rate: 0.1 req/s}"))
    #expect(outcome.output.contains("input: {distribution: empirical, lengths: [50, 150], weights"))
    // What comes through a pipe is there once.
    let piped = try tool.runInShell(
      "cat metrics.txt | $windtunnel run --model Llama-3.1-8B --hardware h200-sxm "
        + "--rate '1 req/s' --metrics /dev/stdin --set workload.requests=20")
    #expect(piped.status == 0, "\(piped.error)")
  }
}
