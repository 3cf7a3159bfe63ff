internal import Diagnostics
internal import Units

/// A machine with some of its figures as they would be otherwise, for one question:
/// `h200-sxm,memory.bandwidth=5 TB/s`.
///
/// A figure is named by the end of its key path, `memory.bandwidth` or `tdp`; of a list the first
/// entry is meant. What was typed is `assumed`.
struct ChangedFigures {
  let machine: String
  private let changes: [(path: String, value: String)]
  private let argument: String

  /// Nil for a name without changes.
  /// - Throws: `InvalidInput` for a change that is none.
  init?(_ argument: String) throws {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, argument.contains("=") else { return nil }
    self.argument = argument
    machine = parts[0]
    var problems: [Diagnostic] = []
    changes = parts.dropFirst().compactMap { part in
      guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
        problems.append(
          Diagnostic(
            code: "hardware/change", "a change of a machine needs FIGURE=VALUE: \(part)",
            at: SourceLocation(file: argument),
            hint: "write for example `\(parts[0]),memory.bandwidth='5 TB/s'`"))
        return nil
      }
      return (String(part[..<equals]), String(part[part.index(after: equals)...]))
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }

  /// - Throws: `InvalidInput` for figures that the machine does not have, and for values that are
  ///   not theirs.
  func applied(to profile: HardwareProfile, text: String, file: String) throws -> HardwareProfile {
    var overrides: [ConfigOverride] = []
    var problems: [Diagnostic] = []
    for change in changes {
      do {
        let change = try override(change, of: profile)
        overrides.append(change)
        // What the driver reports is of the memory that the datasheet has.
        if change.path.last == "capacity" {
          let reported = Array(change.path.dropLast()) + ["reported"]
          if profile.figures.contains(where: { $0.path == reported.joined(separator: ".") }) {
            var driver = change
            driver.path = reported
            overrides.append(driver)
          }
        }
      } catch let error as InvalidInput {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    overrides.append(
      ConfigOverride(path: ["sources", Self.source], name: "typed: \(argument)", place: argument))
    var changed = try HardwareProfile.read(text: text, file: file, overrides: overrides)
    changed.name = argument
    changed.title += ", changed"
    return changed
  }

  private static let source = "command-line"

  private func override(
    _ change: (path: String, value: String), of profile: HardwareProfile
  ) throws -> ConfigOverride {
    let found = Self.matches(change.path, in: profile)
    guard found.count == 1 else { throw unknown(change.path, found, of: profile) }
    return ConfigOverride(
      path: found[0].split(separator: ".").map(String.init),
      value: "{value: '\(change.value.replacing("'", with: "''"))', status: assumed, "
        + "source: \(Self.source)}",
      place: argument)
  }

  /// Paths of figures that end as typed, entries of lists aside.
  private static func matches(_ typed: String, in profile: HardwareProfile) -> [String] {
    let wanted = words(typed)
    let all = profile.figures.map(\.path)
    if all.contains(typed) { return [typed] }
    var seen: Set<[Substring]> = []
    return all.filter { path in
      let plain = words(path)
      // The first of a list stands for it.
      return plain.suffix(wanted.count) == wanted[...] && seen.insert(plain).inserted
    }
  }

  private static func words(_ path: String) -> [Substring] {
    path.split(separator: ".").filter { Int($0) == nil }
  }

  private func unknown(
    _ typed: String, _ found: [String], of profile: HardwareProfile
  ) -> InvalidInput {
    let paths = profile.figures.map(\.path)
    return InvalidInput(
      Diagnostic(
        code: "hardware/unknown-figure",
        found.isEmpty
          ? "`\(profile.name)` has no figure `\(typed)`"
          : "`\(profile.name)` has several figures `\(typed)`",
        at: SourceLocation(file: argument),
        notes: found.isEmpty
          ? ["its figures: `windtunnel show hardware \(profile.name)`"]
          : ["one of " + found.map { "`\($0)`" }.joined(separator: ", ")],
        hint: found.isEmpty
          ? Suggestion.nearest(to: typed, in: paths).map { "did you mean `\($0)`?" } : nil))
  }
}
