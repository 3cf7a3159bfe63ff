internal import ArgumentParser

/// Runs the program with the process's arguments and ends the process.
package func runTool() {
  ToolCommand.main()
}

struct ToolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "windtunnel")
}
