internal import ArgumentParser
internal import Units

/// Runs the program with the process's arguments and ends the process.
package func runTool() {
  Interrupts.catch()
  do {
    do {
      try ProcessArguments.check()
      let words = ProcessArguments.meant
      try ProcessArguments.checkCommand(words)
      var command = try ToolCommand.parseAsRoot(words)
      try command.run()
    } catch  where isAnswer(error) {
      // The argument parser would not notice that nobody gets its help.
      try StandardStreams.writeResult(ToolCommand.fullMessage(for: error) + "\n")
    }
  } catch {
    guard let (text, status) = failure(of: error) else { exitLikeParser(error) }
    StandardStreams.writeNote(text)
    ToolCommand.exit(withError: ExitCode(status.rawValue))
  }
}

/// Ends as the argument parser does, whose messages have the arguments in them as they are.
private func exitLikeParser(_ error: any Error) -> Never {
  let text = InertText.log(InertText.lines(ToolCommand.fullMessage(for: error)))
  if !text.isEmpty { StandardStreams.writeNote(text) }
  ToolCommand.exit(withError: ExitCode(ToolCommand.exitCode(for: error).rawValue))
}

/// Whether an error is no failure: the parser throws the help and the version that were asked for.
private func isAnswer(_ error: any Error) -> Bool {
  failure(of: error) == nil && ToolCommand.exitCode(for: error) == .success
}

struct ToolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "windtunnel",
    abstract: "Simulate what an LLM inference workload does on a machine, and what it costs there.",
    discussion: """
      Put a scenario file in - a model, a machine, a serving engine, traffic -
      and get throughput, latency, energy and cost per token out. It needs no
      accelerator, and nothing leaves this computer.

      Examples:
        windtunnel list scenarios            what comes with the program
        windtunnel run benchmark/chat        simulate one of them
        windtunnel capacity chat-gpt-oss     the highest load that it holds
        windtunnel sweep chat-gpt-oss        its frontier over load and layouts
        windtunnel explain benchmark/chat    where the time of a step goes
        windtunnel project deepseek-v3       serving over a model's life, and its training
        windtunnel show hardware h200-sxm    every figure with its source
        windtunnel init my-scenario.yaml     begin a file of one's own
        windtunnel check my-scenario.yaml    find what is wrong with a file
        windtunnel diff before.json now.json what changed between two results
        windtunnel trace stats requests.csv  what a recorded trace asks for
        windtunnel validate                  how far off it is from measured systems
        windtunnel calibrate timings.csv     fit a machine to measured kernels

      Results go to standard output, notes and errors to standard error.
      Exit status: 0 done, 1 a file cannot be read or written, 2 a requirement
      is not met, 3 no deployment can do what was asked, 4 an input is wrong,
      64 the command line is wrong, 70 a law of the simulator broke,
      130 interrupted.
      """,
    version: "windtunnel \(toolVersion)",
    subcommands: [
      RunCommand.self, CompareCommand.self, SweepCommand.self, MergeCommand.self,
      PlanCommand.self, CapacityCommand.self, ExplainCommand.self, ListCommand.self,
      ShowCommand.self, CheckCommand.self, InitCommand.self, DiffCommand.self,
      TraceCommand.self, ProjectCommand.self,
      CalibrateCommand.self, ValidateCommand.self, CompletionsCommand.self,
    ])
}

/// Follows the CHANGELOG.
let toolVersion = "0.1.0"
