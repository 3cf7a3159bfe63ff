import Foundation
import TestSupport
import Testing

/// Every message word for word: a change of one is a change that users see.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What is replaced in the sample scenario, and by what.
    var replace: (String, String)
    var message: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "unknown key", replace: ("engine:", "quantisation: {}\nengine:"),
      message: """
        error[scenario/unknown-key]: unknown key `quantisation`
          --> bad.yaml:5:1
        hint: did you mean `quantization`?

        """),
    Case(
      testDescription: "wrong unit", replace: ("4 req/s", "4 GB"),
      message: """
        error[scenario/wrong-unit]: `workload.arrivals.rate` has the wrong unit: `GB`
          --> bad.yaml:8:38  workload.arrivals.rate
          note: `GB` is a unit of bytes
        hint: accepted units: `req/s`, `req/min` or `req/h`

        """),
    Case(
      testDescription: "missing unit", replace: ("4 req/s", "4"),
      message: """
        error[scenario/missing-unit]: `workload.arrivals.rate` needs a unit: 4
          --> bad.yaml:8:38  workload.arrivals.rate
        hint: write for example `4 req/s`; accepted units: `req/s`, `req/min` or `req/h`

        """),
    Case(
      testDescription: "missing field", replace: ("model: meta-llama/Llama-3.1-8B\n", ""),
      message: """
        error[scenario/missing-key]: missing key `model`
          --> bad.yaml:1:1
        hint: add for example `model: Qwen/Qwen3-32B`

        """),
    Case(
      testDescription: "negative number", replace: ("input: 500", "input: -5"),
      message: """
        error[scenario/out-of-range]: `workload.input` must be from 1 to 100000000: -5
          --> bad.yaml:9:10  workload.input
        hint: set `workload.input` to 1

        """),
    Case(
      testDescription: "not a number", replace: ("4 req/s", "nan req/s"),
      message: """
        error[scenario/not-a-number]: `workload.arrivals.rate` must be a finite number with a unit\
        : nan req/s
          --> bad.yaml:8:38  workload.arrivals.rate
        hint: accepted units: `req/s`, `req/min` or `req/h`

        """),
    Case(
      testDescription: "weights that overflow",
      replace: (
        "input: 500", "input: {distribution: empirical, lengths: [5, 6], weights: [1e308, 1]}"
      ),
      message: """
        error[scenario/out-of-range]: `workload.input.weights.0` must be from 0 to \
        1,000,000,000,000: 1e308
          --> bad.yaml:9:63  workload.input.weights.0

        """),
    Case(
      testDescription: "mean that overflows",
      replace: ("input: 500", "input: {distribution: lognormal, mean: 1e300, cv: 1}"),
      message: """
        error[scenario/out-of-range]: `workload.input.mean` must be above zero and at most \
        100,000,000: 1e300
          --> bad.yaml:9:42  workload.input.mean

        """),
    Case(
      testDescription: "model that does not fit", replace: ("Llama-3.1-8B", "Llama-3.1-405B"),
      message: """
        error[scenario/out-of-memory]: the model does not fit: 818 GB needed on each accelerator, \
        138 GB usable, 680 GB missing
          --> bad.yaml:3:8  model
          note: needed = weights 812 GB + activations 3.69 GB + engine 2.87 GB
          note: usable = 150 GB x 0.920, NVIDIA H200 SXM, 141 GB HBM3e, 8-GPU HGX server
        hint: set `parallelism.tensor` to 8

        """),
    Case(
      testDescription: "several problems",
      replace: ("hardware: h200-sxm\nengine: vllm", "hardware: h200-sxn\nengine: vlm"),
      message: """
        error[hardware/unknown-profile]: unknown hardware profile `h200-sxn`
          --> bad.yaml:4:11  hardware
          note: known profiles: `windtunnel list hardware`
        hint: did you mean `h200-sxm`?

        error[engine/unknown-profile]: unknown engine profile `vlm`
          --> bad.yaml:5:9  engine
          note: known profiles: `windtunnel list engines`
        hint: did you mean `vllm`?

        error: 2 problems in bad.yaml

        """),
  ]

  @Test(arguments: cases)
  func scenarioIsRefused(bad: Case) throws {
    let text = sampleScenario.replacingOccurrences(of: bad.replace.0, with: bad.replace.1)
    #expect(text != sampleScenario)
    try expectRefusal(Tool(files: ["bad.yaml": text]), bad.message)
  }

  /// Status 4, the message and nothing else: no result, no file.
  private func expectRefusal(
    _ tool: Tool, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try tool.fileNames
    let outcome = try tool.run("run", "bad.yaml", "--output", "result.json")
    #expect(
      outcome == Tool.Outcome(output: "", error: message, status: 4),
      sourceLocation: sourceLocation)
    #expect(try tool.fileNames == before, sourceLocation: sourceLocation)
  }

  // MARK: Files that a scenario names

  private static let traceScenario =
    sampleScenario.components(separatedBy: "workload:")[0] + """
      workload:
        arrivals: {process: trace, format: azure, file: trace.csv}

      """

  @Test func emptyTrace() throws {
    try expectRefusal(
      Tool(files: [
        "bad.yaml": Self.traceScenario, "trace.csv": "TIMESTAMP,ContextTokens,GeneratedTokens\n",
      ]),
      """
      error[trace/empty]: the trace has no requests
        --> trace.csv

      """)
  }

  @Test func traceLineWithTooFewColumns() throws {
    try expectRefusal(
      Tool(files: [
        "bad.yaml": Self.traceScenario,
        "trace.csv": """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.6805900,374,44
        2023-11-16 18:15:50.9951690,396

        """,
      ]),
      """
      error[trace/columns]: line has 2 of 3 columns
        --> trace.csv:3
      hint: expected `TIMESTAMP,ContextTokens,GeneratedTokens`

      """)
  }

  @Test func unsupportedModelFamily() throws {
    let tool = try Tool(files: [
      "bad.yaml": sampleScenario.replacingOccurrences(
        of: "meta-llama/Llama-3.1-8B", with: "./odd.json"),
      "odd.json": #"{"model_type": "rwkv7", "hidden_size": 4096}"#,
    ])
    let outcome = try tool.run("run", "bad.yaml")
    #expect(outcome.status == 4)
    #expect(
      outcome.error.hasPrefix(
        """
        error[model/unsupported-family]: unsupported model family: `rwkv7`
          --> ./odd.json:1:16  model_type
          note: nothing is known of it, so it is read as no other
        """))
  }

  @Test func textThatIsNotUTF8() throws {
    let tool = try Tool()
    try tool.write(
      "bad.yaml", Data("schema: windtunnel/scenario/1\nname: caf".utf8) + [0xe9, 0x0a])
    try expectRefusal(
      tool,
      """
      error[file/not-utf8]: file is not UTF-8 text: byte 39 is 0xe9
        --> bad.yaml:2
      hint: save the file as UTF-8

      """)
  }

  @Test func missingFileIsAnotherKindOfFailure() throws {
    let outcome = try Tool().run("run", "nowhere.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[file/missing]: no such file: nowhere.yaml
            hint: check the path, or run `ls`

            """, status: 1))
  }

  /// Wherever the name stands; with anything else wrong the input is invalid.
  @Test(arguments: [("2", Int32(1)), ("none", 4)])
  func missingTraceIsOneToo(replicas: String, status: Int32) throws {
    let text = sampleScenario.replacing(
      "{process: poisson, rate: 4 req/s}\n  input: 500\n  output: 50",
      with: "{process: trace, file: nowhere.csv}")
    let outcome = try Tool(files: ["a.yaml": text]).run(
      "run", "a.yaml", "--set", "replicas=\(replicas)")
    #expect(outcome.status == status)
    #expect(outcome.error.contains("error[file/missing]: no such file: nowhere.csv"))
  }

  // MARK: Options

  @Test(arguments: [
    (
      ["--hardware", "h10-sxm"],
      """
      error[hardware/unknown-profile]: unknown hardware profile `h10-sxm`
        --> --hardware h10-sxm  hardware
        note: known profiles: `windtunnel list hardware`
      hint: did you mean `h100-sxm`?

      """
    ),
    (
      ["--price", "retnal"],
      """
      error[scenario/unknown-value]: `price` is not one of the known values: retnal
        --> --price retnal  price
        note: known: rental, owned
      hint: did you mean `rental`?

      """
    ),
    (
      ["--set", "workload.requests=none"],
      """
      error[scenario/wrong-type]: `workload.requests` must be a whole number: none
        --> --set workload.requests=none  workload.requests

      """
    ),
    (
      ["--set", "workload"],
      """
      error[scenario/override]: `--set` needs PATH=VALUE: workload
      hint: for example `--set workload.requests=1000`

      """
    ),
  ])
  func messagesShowTheOptionAsTyped(options: [String], message: String) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.start(["run", "sample.yaml"] + options).wait()
    #expect(outcome == Tool.Outcome(output: "", error: message, status: 4))
  }
}
