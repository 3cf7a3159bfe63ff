internal import ArgumentParser

/// Runs the program with the process's arguments and ends the process.
package func runTool() {
  do {
    var command = try ToolCommand.parseAsRoot()
    try command.run()
  } catch {
    guard let (text, status) = failure(of: error) else { ToolCommand.exit(withError: error) }
    StandardStreams.writeNote(text)
    ToolCommand.exit(withError: ExitCode(status.rawValue))
  }
}

struct ToolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "windtunnel",
    abstract: "Simulate what an LLM inference workload does on a machine, and what it costs there.",
    discussion: """
      Put a scenario file in - a model, a machine, a serving engine and traffic - and get throughput,
      latency, energy and cost per token out. No accelerator is needed, and nothing leaves this computer.

        windtunnel list scenarios                       what comes with the program
        windtunnel run benchmark/chat                   simulate one of them
        windtunnel run benchmark/chat --hardware b200-sxm --price owned
        windtunnel explain benchmark/chat               where the time of one step goes
        windtunnel show hardware h200-sxm               every figure with its source

      Results go to standard output; notes and errors go to standard error.
      """,
    version: "windtunnel \(toolVersion)",
    subcommands: [RunCommand.self])
}

/// Follows the CHANGELOG.
let toolVersion = "0.1.0"
