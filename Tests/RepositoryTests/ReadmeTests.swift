import Foundation
import TestSupport
import Testing

struct ReadmeTests {
  private static let gatePage = "Sources/Commands/Documentation.docc/ContinuousIntegration.md"

  @Test(arguments: ["README.md", "scenarios/claims/README.md", gatePage])
  func pageShowsWhatTheProgramPrints(path: String) throws {
    let file = Repository.root.appendingPathComponent(path)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("\(path) is missing: write it, with a ```console block to begin with")
      return
    }
    let console = ConsoleRun(path: path, text: text, run: Repository.run)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(try console.recorded().utf8).write(to: file)
      return
    }
    #expect(!ConsolePage(path, text).commands.isEmpty, "\(path) shows no command")
    expectNone(try console.violations())
  }

  /// The jobs for other systems cannot be run here, but a renamed option or figure is found.
  @Test func gatePageNamesOnlyWhatThereIs() throws {
    let text = try Repository.text(Self.gatePage)
    let help = try Repository.run(["run", "--help"]).output
    let options = Pattern("--[a-z]+(?:-[a-z]+)*").matches(in: text).map { $0.groups[0] }
    let others: Set = ["--depth", "--branch", "--package-path", "--product"]
    #expect(options.filter { !others.contains($0) && !help.contains($0 + " ") } == [])
    #expect(options.contains("--tolerance"))
    let unknown = try Repository.run(["run", "x", "--require", "x > 1"]).error
    let known = Pattern("`([a-z_0-9.]+)`").matches(in: unknown).map { $0.groups[1] }
    #expect(known.count > 50)
    let table = text.components(separatedBy: "\n").filter { $0.hasPrefix("| `") }
    let named = table.joined()
    let spreads = ["ttft", "ttfat", "tpot", "itl", "e2e"]
    for figure in known where !spreads.contains(String(figure.prefix { $0 != "." })) {
      #expect(named.contains("`\(figure)`"), "\(figure) is in no table of the page")
    }
    for spread in spreads { #expect(named.contains("`\(spread)`")) }
  }

  private static let page = """
    Text.
    ```sh
    git clone https://example.org/windtunnel
    swift test
    swift run -c release windtunnel run benchmark --timing
    ```
    ```console
    $ windtunnel list 'a b'
    name
    a b

    $ swift run -c release windtunnel show
    first
    ...
    last
    ```
    ```console
    $ swift build -c release
    Build complete!
    ```
    ```yaml
    $ not: a command
    ```

    """

  private func console(_ text: String = page, printing output: [[String]: String] = [:])
    -> ConsoleRun
  {
    let output = [["list", "a b"]: "name\na b\n", ["show"]: "first\n2\n\nlast\n"]
      .merging(output) { $1 }
    return ConsoleRun(path: "README.md", text: text) { arguments in
      guard let text = output[arguments] else {
        return Tool.Outcome(output: "", error: "error: unknown\n", status: 64)
      }
      return Tool.Outcome(output: text, error: "", status: 0)
    }
  }

  @Test func commandsAreReadWithTheirOutput() {
    let page = ConsolePage("README.md", Self.page)
    #expect(page.violations.isEmpty)
    #expect(
      page.commands == [
        ConsoleCommand(text: "windtunnel list 'a b'", line: 8, expected: ["name", "a b"]),
        ConsoleCommand(
          text: "swift run -c release windtunnel show", line: 12,
          expected: ["first", "...", "last"]),
        ConsoleCommand(
          text: "swift build -c release", line: 18, expected: ["Build complete!"]),
      ])
  }

  @Test func pageThatSaysWhatIsPrintedIsAccepted() throws {
    #expect(try console().violations().isEmpty)
  }

  @Test(arguments: ["first\n", "last\n", "first\nlast\nmore\n", "FIRST\nlast\n", ""])
  func otherOutputIsFound(output: String) throws {
    expectOnly("prints something else", in: try console(printing: [["show"]: output]).violations())
  }

  @Test func differenceIsShownLineByLine() throws {
    let found = try console(printing: [["list", "a b"]: "name\na  b\nc\n"]).violations()
    expectOnly("+` is what it prints:\n  name\n- a b\n+ a  b\n+ c\n", in: found)
    #expect(ConsoleRun.difference(["a", "b", "d"], ["b", "c", "d"]) == "- a\n  b\n+ c\n  d\n")
  }

  @Test func commandThatFailsIsFound() throws {
    let found = try console("```console\n$ windtunnel lsit\n```\n").violations()
    expectOnly("ends with 64:\nerror: unknown", in: found)
  }

  @Test(arguments: [
    ("```console\n$ rm -r .\n```", "no plain call"),
    ("```console\n$ windtunnel list | sort\n```", "no plain call"),
    ("```console\nwindtunnel list\n```", "output before any command"),
    ("```sh\nrm -r .\n```", "`rm -r .` is not known"),
    ("```sh\nswift tests\n```", "`swift tests` is not known"),
    ("```sh\nwindtunnel list\n```", "`windtunnel list` is not known"),
    ("```bash\n```", "write ```console"),
    ("```console\n$ windtunnel show\n...", "nothing closes"),
  ])
  func blockThatCannotBeHeldIsFound(text: String, message: String) throws {
    expectOnly(message, in: try console(text).violations())
  }

  @Test func recordingReplacesTheOutputAndNothingElse() throws {
    let output = [["list", "a b"]: "name\n\nc\n", ["show"]: "other\n"]
    #expect(
      try console(printing: output).recorded()
        == Self.page.replacing("name\na b\n", with: "name\n\nc\n"))
  }

  @Test func recordingKeepsWhatIsLeftOut() {
    let expected = ["...", "speed  12 tok/s", "...", "cost  3"]
    #expect(
      ConsoleRun.abridged(
        ["title", "speed  13 tok/s", "more", "cost  4", "end"], as: expected)
        == ["...", "speed  13 tok/s", "...", "cost  4"])
    #expect(ConsoleRun.abridged(["a", "b"], as: ["c"]) == ["a", "b"])
    #expect(ConsoleRun.abridged(["a"], as: ["...", "x"]) == ["...", "x"])
  }

  @Test func omissionStandsForAnyNumberOfLines() {
    func accepts(_ expected: String, _ output: String) -> Bool {
      ConsoleCommand(text: "", line: 1, expected: ConsoleRun.lines(of: expected))
        .accepts(ConsoleRun.lines(of: output))
    }
    #expect(accepts("...", ""))
    #expect(accepts("...\nb\n...\nd", "a\nb\nb\nc\nd"))
    #expect(accepts("a\n...", "a"))
    #expect(!accepts("...\nb", "b\na"))
    #expect(!accepts("a\n...\na", "a"))
    #expect(!accepts("", "a"))
  }
}
