import Foundation
import TestSupport
import Testing

@Suite struct CompletionsCommandTests {
  private static let hasBash = FileManager.default.isExecutableFile(atPath: "/bin/bash")

  @Test(arguments: [
    ("bash", "complete -o filenames -F _windtunnel windtunnel"), ("zsh", "#compdef windtunnel"),
    ("fish", "complete -c 'windtunnel'"),
  ])
  func everyShellGetsItsScript(shell: String, line: String) throws {
    let outcome = try Tool().run("completions", shell)
    #expect(outcome.status == 0 && outcome.error == "")
    #expect(outcome.output.contains(line))
    #expect(outcome.output.contains("calibrate") && outcome.output.contains("markdown"))
  }

  @Test func unknownShellIsRefusedWithTheKnownOnes() throws {
    let outcome = try Tool().run("completions", "csh")
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("'bash', 'zsh'"))
  }

  @Test(.enabled(if: hasBash)) func bashReadsItsScript() throws {
    let outcome = try Tool().runInShell(
      "$windtunnel completions bash > script && /bin/bash -n script")
    #expect(outcome == Tool.Outcome(output: "", error: "", status: 0))
  }

  /// As bash does it: the script is read, and its function called with the words in its variables.
  @Test(.enabled(if: hasBash)) func namesAndFilesAreOffered() throws {
    let tool = try Tool(files: ["mine.yaml": sampleScenario, "h200-mine.yaml": ""])
    let outcome = try tool.runInShell(
      """
      $windtunnel completions bash > script
      ln -s $windtunnel windtunnel
      PATH=.:$PATH /bin/bash -c '
        . ./script
        offered() {
          COMP_WORDS=(windtunnel "$@"); COMP_CWORD=$#; COMP_LINE="${COMP_WORDS[*]}"
          COMP_POINT=${#COMP_LINE}; COMPREPLY=()
          _windtunnel windtunnel "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
          printf "%s: %s\\n" "$*" "${COMPREPLY[*]}"
        }
        offered cali
        offered run code
        offered run mine
        offered run mine.yaml --hardware h200
        offered run mine.yaml --format m
        offered show engine sg
        offered show hardware vera
      '
      """)
    #expect(
      outcome.output == """
        cali: calibrate
        run code: code-azure
        run mine: mine.yaml
        run mine.yaml --hardware h200: h200-sxm h200-mine.yaml
        run mine.yaml --format m: markdown
        show engine sg: sglang sglang@0.4 sglang@0.5
        show hardware vera: vera-rubin-nvl72

        """)
  }
}
