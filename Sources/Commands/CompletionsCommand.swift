internal import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script with which a shell completes commands.",
    discussion: """
      Commands, options and their values are completed, and the names of
      machines, models, engines and scenarios beside files.

      Examples:
        source <(windtunnel completions bash)
        windtunnel completions zsh > ~/.zsh/completions/_windtunnel
        windtunnel completions fish > ~/.config/fish/completions/windtunnel.fish
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish
  }

  @Argument(help: "The shell it is for.")
  var shell: Shell

  func run() throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    try StandardStreams.writeResult(ToolCommand.completionScript(for: kind) + "\n")
  }
}
