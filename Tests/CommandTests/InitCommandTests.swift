import Foundation
import TestSupport
import Testing

/// Files to begin with.
struct InitCommandTests {
  private static let load = [
    "--model", "Llama-3.1-8B", "--rate", "2 req/s", "--input", "500", "--output", "50",
    "--ttft", "2 s", "--speed", "30 tok/s",
  ]

  /// A name that YAML would read otherwise is no name; `-` is standard output.
  @Test func namesOfFilesAreNamesOfScenarios() throws {
    let tool = try Tool()
    let options = ["--model", "Qwen/Qwen3-8B", "--rate", "1 req/s", "--input", "100"]
    for (file, name) in [("./a: b.yaml", "a-b"), ("-", "scenario"), ("2026.yaml", "scenario")] {
      let rest = ["--output", "20", "--hardware", "h200-sxm", "--", file]
      let outcome = try tool.start(["init"] + options + rest).wait()
      #expect(outcome.status == 0, "\(outcome.error)")
      let text = file == "-" ? outcome.output : try tool.read(file)
      #expect(text.contains("\nname: \(name)\n"), "\(file)")
    }
  }

  /// What its own note says to add is taken.
  @Test func howOftenGuessesAreRightMayBeSet() throws {
    let line =
      "vllm serve meta-llama/Llama-3.1-8B --speculative-config "
      + #"'{"method": "ngram", "num_speculative_tokens": 4}'"#
    let outcome = try Tool().run(
      "init", "--from", line, "--rate", "2 req/s", "--input", "100", "--output", "50",
      "--hardware", "h200-sxm", "--set", "speculation.acceptance=0.8")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("method: lookup") && outcome.output.contains("0.8"))
  }

  @Test func aScenarioIsWrittenAsItWasSaid() throws {
    let tool = try Tool()
    let outcome = try tool.start(["init", "chat.yaml"] + Self.load).wait()
    #expect(outcome == Tool.Outcome(output: "", error: "written: chat.yaml\n", status: 0))
    try expectGolden(try tool.read("chat.yaml"), "init-scenario.txt")
    #expect(try tool.run("check", "chat.yaml").output == "ok  chat.yaml  scenario chat\n")
    let run = try tool.run("run", "chat.yaml", "--brief")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix("chat: Holds its objectives: yes: 100.0 % of requests within TTFT 2 s"))
    #expect(run.output.split(separator: "\n").count == 1)
  }

  @Test func whatAnEncoderNeedsIsAnOption() throws {
    let tool = try Tool()
    let words = ["init", "x.yaml", "--model", "BAAI/bge-m3"]
    let refused = try tool.start(words).wait()
    #expect(refused.status == 4)
    #expect(refused.error.hasSuffix("\nhint: add `--output 0`\n"), "\(refused.error)")
    let written = try tool.start(words + ["--output", "0"]).wait()
    #expect(written == Tool.Outcome(output: "", error: "written: x.yaml\n", status: 0))
  }

  /// What stands there behind a `#` is right as well.
  @Test func whatElseCanBeSaidIsAccepted() throws {
    let tool = try Tool()
    let text = try tool.run("init").output
    let parts = text.components(separatedBy: "take the `#` away where it is wanted.\n")
    let further = parts[1].split(separator: "\n").map { $0.dropFirst(2) }
    #expect(further.count > 8)
    try tool.write("all.yaml", Data((parts[0] + "\n" + further.joined(separator: "\n")).utf8))
    let outcome = try tool.run("check", "all.yaml")
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  @Test func nobodysFileIsWrittenOver() throws {
    let tool = try Tool(files: ["mine.yaml": "mine"])
    #expect(
      try tool.run("init", "mine.yaml")
        == Tool.Outcome(
          output: "",
          error: """
            error[file/exists]: there is a file already: mine.yaml
            hint: give another name, or add `--force` to write over it

            """, status: 1))
    #expect(try tool.read("mine.yaml") == "mine")
    #expect(try tool.run("init", "mine.yaml", "--force").status == 0)
    #expect(try tool.run("check", "mine.yaml").status == 0)
  }

  @Test func aModelThatOneDoesNotHoldIsDivided() throws {
    let text = try Tool().run("init", "--model", "Llama-3.1-70B").output
    #expect(text.contains("parallelism:\n  tensor: 2\n"))
    let stated = try Tool().run(
      "init", "--model", "Llama-3.1-70B", "--set", "parallelism.tensor=1")
    #expect(stated.status == 4)
    #expect(stated.error.hasPrefix("error[scenario/out-of-memory]"))
  }

  @Test func aServersCommandLineBecomesAFile() throws {
    let outcome = try Tool().run(
      "init", "--from", "vllm serve Qwen/Qwen3-32B -tp 2 --enable-lora --max-loras 4")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("model: Qwen/Qwen3-32B\n"))
    #expect(outcome.output.contains("adapters:\n  rank: 16\n  count: 4\n"))
  }

  @Test func whatIsUnknownIsRefusedAndNotWritten() throws {
    let tool = try Tool()
    #expect(try tool.run("init", "a.yaml", "--model", "nobodys").status == 4)
    #expect(try tool.run("init", "a.yaml", "--set", "modle=x").status == 4)
    #expect(!tool.has("a.yaml"))
  }

  // MARK: Machines

  @Test func aDatasheetIsAProfile() throws {
    let tool = try Tool()
    let outcome = try tool.run(
      "init", "hardware", "card.yaml", "--memory", "96 GB", "--bandwidth", "4 TB/s", "--bf16",
      "148 TFLOP/s", "--fp8", "296 TFLOP/s", "--tdp", "400 W", "--domain", "8", "--link",
      "450 GB/s", "--rental", "1.5 USD/h", "--like", "h100-sxm", "--date", "2026-07")
    #expect(outcome == Tool.Outcome(output: "", error: "written: card.yaml\n", status: 0))
    try expectGolden(try tool.read("card.yaml"), "init-hardware.txt")
    #expect(
      try tool.run("check", "card.yaml")
        == Tool.Outcome(output: "ok  card.yaml  hardware card\n", error: "", status: 0))
    let run = try tool.start(["run", "--hardware", "card.yaml", "--brief"] + Self.load).wait()
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("1.50 USD an hour"))
  }

  @Test func threeNumbersAreEnough() throws {
    let outcome = try Tool().run(
      "init", "hardware", "--memory", "24 GB", "--bandwidth", "300 GB/s", "--bf16", "121 TFLOP/s",
      "--date", "2023-03")
    #expect(outcome.status == 0, "\(outcome.error)")
    let tool = try Tool(files: ["my-machine.yaml": outcome.output])
    #expect(try tool.run("check", "my-machine.yaml").status == 0)
  }

  @Test func everythingThatIsWrongIsSaidAtOnce() throws {
    let outcome = try Tool().run(
      "init", "hardware", "--memory", "96", "--bandwidth", "4 GB", "--fp8", "0 TFLOP/s",
      "--domain", "8", "--like", "foo")
    #expect(outcome.status == 4)
    #expect(
      outcome.error == """
        error[hardware/wrong-figure]: `--memory` must be in `B`, `kB`, `MB`, `GB`, `TB`, `KiB`, \
        `MiB`, `GiB` or `TiB`, above zero: 96
          --> --memory 96
        hint: write for example `--memory '96 GB'`

        error[hardware/wrong-figure]: `--bandwidth` must be in `B/s`, `kB/s`, `MB/s`, `GB/s`, \
        `TB/s` or `PB/s`, above zero: 4 GB
          --> --bandwidth 4 GB
        hint: write for example `--bandwidth '4 TB/s'`

        error[hardware/missing-figure]: a figure is missing: `--bf16`
        hint: add for example `--bf16 '148 TFLOP/s'`

        error[hardware/wrong-figure]: `--fp8` must be in `GFLOP/s`, `TFLOP/s` or `PFLOP/s`, \
        above zero: 0 TFLOP/s
          --> --fp8 0 TFLOP/s
        hint: write for example `--fp8 '296 TFLOP/s'`

        error[hardware/missing-figure]: a figure is missing: `--link`
        hint: add for example `--link '450 GB/s'`

        error[hardware/missing-figure]: what the numbers are of is missing: `--date`
        hint: add for example `--date 2026-07`

        error[hardware/unknown-profile]: unknown hardware profile `foo`
          note: known profiles: `windtunnel list hardware`
        hint: describe it by its datasheet: `windtunnel init hardware card.yaml --memory '48 GB' \
        --bandwidth '700 GB/s' --bf16 '150 TFLOP/s'`

        error: 7 problems

        """)
  }

  @Test func aDayThatTheCalendarDoesNotHaveIsRefused() throws {
    let outcome = try Tool().run(
      "init", "hardware", "--memory", "24 GB", "--bandwidth", "300 GB/s", "--bf16", "121 TFLOP/s",
      "--date", "2026-02-30")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[hardware/wrong-figure]: `--date` must be a year, a month or a day: 2026-02-30
              --> --date 2026-02-30
              note: 2026-02 has 28 days
            hint: add for example `--date 2026-07`

            """, status: 4))
  }

  // MARK: One line

  @Test func anAnswerIsOneLine() throws {
    let load = ["--hardware", "h200-sxm", "--set", "workload.requests=300"] + Self.load
    for command in ["run", "plan"] + (LongTests.areEnabled ? ["capacity"] : []) {
      let outcome = try Tool().start([command, "--brief"] + load).wait()
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(outcome.output.hasPrefix("command-line: "), "\(command)")
      #expect(outcome.output.split(separator: "\n").count == 1, "\(command)")
    }
    let both = try Tool().start(["run", "--brief", "--format", "json"] + load).wait()
    #expect(both.status == 64)
  }
}
