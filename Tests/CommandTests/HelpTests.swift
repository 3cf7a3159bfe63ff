import TestSupport
import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    "run", "compare", "sweep", "merge", "plan", "explain", "list", "show", "check", "project",
    "calibrate", "validate", "completions", "trace", "capacity", "init", "diff",
  ])
  func helpOfCommand(command: String) throws {
    let outcome = try Tool().run(command, "--help")
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    try expectGolden(outcome.output, "help-\(command).txt")
  }

  @Test func helpOfTheProgram() throws {
    let outcome = try Tool().run("--help")
    #expect(outcome.status == 0)
    try expectGolden(outcome.output, "help.txt")
    #expect(try Tool().run().output == outcome.output)
  }

  @Test func versionIsOneLine() throws {
    #expect(
      try Tool().run("--version")
        == Tool.Outcome(output: "windtunnel 0.1.0\n", error: "", status: 0))
  }

  @Test func helpThatNobodyGetsIsAFailure() throws {
    for arguments in [["--help"], ["run", "--help"], ["--version"], []] {
      let outcome = try Tool().start(arguments, outputFile: "/dev/full").wait()
      #expect(outcome.status == 1)
      #expect(
        outcome.error
          == "error[file/unwritable]: cannot write to standard output: No space left on device\n")
    }
  }

  @Test func argumentThatIsNotTextIsRefused() throws {
    #expect(
      try Tool().runInShell("exec $windtunnel run \"$(printf 'caf\\351.yaml')\"")
        == Tool.Outcome(
          output: "",
          error: "error[command/not-utf8]: argument 2 is not UTF-8 text: caf\\xe9.yaml\n",
          status: 64))
  }

  @Test(arguments: [
    ("comapre", "did you mean `windtunnel compare`?"),
    ("my.yaml", "did you mean `windtunnel run my.yaml`?"),
    ("fly-me-there", "`windtunnel --help` lists them"),
  ])
  func whatIsNoCommandIsSaid(word: String, hint: String) throws {
    let expected = "error[command/unknown]: there is no command \(word)\nhint: \(hint)\n"
    #expect(
      try Tool().run(word, "chat-gpt-oss")
        == Tool.Outcome(output: "", error: expected, status: 64))
  }

  @Test func wrongCommandLineIsNotAnInvalidInput() throws {
    for arguments in [
      ["run"], ["fly"], ["run", "x", "--fast"], ["explain", "x", "--context", "0"],
    ] {
      let outcome = try Tool().start(arguments).wait()
      #expect(outcome.status == 64, "\(arguments)")
      #expect(outcome.output == "")
    }
  }
}
