import TestSupport

/// Runs the commands of a page and compares, or writes their output into the page.
struct ConsoleRun {
  typealias Program = ([String]) throws -> Tool.Outcome

  let path: String
  let text: String
  let run: Program

  /// Beginnings of commands that take a debug build many seconds: run with the long tests, in
  /// release mode.
  private static let slow = [
    "windtunnel project deepseek-v3", "windtunnel compare ", "windtunnel plan ",
  ]

  func violations() throws -> [Violation] {
    let page = ConsolePage(path, text)
    var found = page.violations
    for command in page.commands where !command.isBuild {
      let isSlow = Self.slow.contains { command.text.hasPrefix($0) }
      guard LongTests.areEnabled || !isSlow else { continue }
      guard let arguments = command.arguments else {
        let message = "`\(command.text)` is no plain call of windtunnel: nobody can run it here"
        found.append(Violation(path: path, line: command.line, message: message))
        continue
      }
      let outcome = try run(arguments)
      if outcome.status != 0 {
        let message = "`\(command.text)` ends with \(outcome.status):\n\(outcome.error)"
        found.append(Violation(path: path, line: command.line, message: message))
      }
      let lines = Self.lines(of: outcome.output)
      if !command.accepts(lines) {
        let message = "`\(command.text)` prints something else; `+` is what it prints:\n"
        let difference = Self.difference(command.expected, lines)
        found.append(Violation(path: path, line: command.line, message: message + difference))
      }
    }
    return found
  }

  /// The page with the output as it is now. Of an abridged one, each stretch that is shown becomes
  /// the one that is most like it.
  func recorded() throws -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for command in ConsolePage(path, text).commands.reversed() {
      guard let arguments = command.arguments else { continue }
      let outcome = try run(arguments)
      guard outcome.status == 0 else { continue }
      // Line numbers count from one, so the command's is the index of the first line of output.
      let range = command.line..<(command.line + command.expected.count)
      lines.replaceSubrange(
        range, with: Self.abridged(Self.lines(of: outcome.output), as: command.expected))
    }
    return lines.joined(separator: "\n")
  }

  static func abridged(_ output: [String], as expected: [String]) -> [String] {
    guard expected.contains(ConsoleCommand.omission) else { return output }
    let stretches = expected.split(
      separator: ConsoleCommand.omission, omittingEmptySubsequences: false)
    let renewed = stretches.map { stretch -> [String] in
      guard !stretch.isEmpty, stretch.count <= output.count else { return Array(stretch) }
      let starts = 0...(output.count - stretch.count)
      let best = starts.max { likeness(output, $0, stretch) < likeness(output, $1, stretch) }
      guard let best, likeness(output, best, stretch) > 0 else { return Array(stretch) }
      return Array(output[best..<(best + stretch.count)])
    }
    return Array(renewed.joined(separator: [ConsoleCommand.omission]))
  }

  /// Characters that stand in the same place.
  private static func likeness(
    _ output: [String], _ start: Int, _ stretch: ArraySlice<String>
  ) -> Int {
    zip(output[start...], stretch).reduce(0) { sum, lines in
      sum + zip(lines.0, lines.1).count { $0 == $1 && $0 != " " } + (lines.0 == lines.1 ? 1 : 0)
    }
  }

  static func lines(of output: String) -> [String] {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.reversed().drop(while: \.isEmpty).reversed()
  }

  static func difference(_ expected: [String], _ output: [String]) -> String {
    let changes = output.difference(from: expected)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var text = ""
    var index = 0
    for (offset, line) in expected.enumerated() {
      if removed.contains(offset) {
        text += "- \(line)\n"
        continue
      }
      while inserted.contains(index) {
        text += "+ \(output[index])\n"
        index += 1
      }
      text += "  \(line)\n"
      index += 1
    }
    return text + output[index...].map { "+ \($0)\n" }.joined()
  }
}
