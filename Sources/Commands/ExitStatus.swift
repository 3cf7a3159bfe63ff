internal import ArgumentParser
internal import Diagnostics

/// What the process ends with. Documented in the README; scripts rely on it.
enum ExitStatus: Int32 {
  /// A file could not be read or written, whether it was typed or is named in another.
  case failure = 1
  /// A requirement is not met, or a figure is worse than in the baseline.
  case requirementFailed = 2
  /// Nothing that was tried can do what was asked.
  case noFeasibleDeployment = 3
  /// A scenario, profile, model or trace is wrong.
  case invalidInput = 4
  /// The command line cannot be meant as it is: as the argument parser reports it.
  case commandLine = 64
  /// A law of the simulator broke: its fault, not the input's.
  case brokenLaw = 70
  /// The process was interrupted: the status with which shells report it.
  case interrupted = 130
}

/// A run whose result contradicts itself.
struct BrokenLaws: Error {
  var laws: [String]
  /// What is typed to see it again: an option of the command.
  var reproduction: String

  /// - Throws: itself where there are any.
  static func check(_ laws: [String], reproduction: String) throws {
    guard laws.isEmpty else { throw BrokenLaws(laws: laws, reproduction: reproduction) }
  }
}

/// A result that is not as it must be. The result itself has been written.
struct RequirementFailure: Error {
  /// One for each requirement that is not met, and one for the baseline.
  var diagnostics: [Diagnostic]
  /// How many of how many, in words.
  var summary: String
}

/// A search that found nothing: a verdict with its reasons. What was tried has been written.
struct NoFeasibleDeployment: Error {
  var diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// What was typed contradicts itself.
struct CommandLineMisuse: Error {
  var diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

/// The user asked for an end.
struct Interruption: Error {}

/// Turns an error into what is printed on standard error and the exit status; nil for errors that
/// are the argument parser's own.
func failure(of error: any Error) -> (text: String, status: ExitStatus)? {
  switch error {
  case let error as InvalidInput:
    return (text(of: error.diagnostics), error.isUnreadable ? .failure : .invalidInput)
  case let error as FileFailure:
    return (error.diagnostic.text, .failure)
  case let error as CommandLineMisuse:
    return (error.diagnostic.text, .commandLine)
  case let error as RequirementFailure:
    let summary = error.diagnostics.count > 1 ? ["error: \(error.summary)"] : []
    let parts = error.diagnostics.map(\.text) + summary
    return (parts.joined(separator: "\n\n"), .requirementFailed)
  case let error as NoFeasibleDeployment:
    return (error.diagnostics.map(\.text).joined(separator: "\n\n"), .noFeasibleDeployment)
  case let error as BrokenLaws:
    let laws = error.laws.map { "internal error: \($0); reproduce with `\(error.reproduction)`" }
    return (laws.joined(separator: "\n"), .brokenLaw)
  case is Interruption:
    return ("interrupted", .interrupted)
  default:
    return nil
  }
}

extension InvalidInput {
  /// Whether nothing is wrong but that files which others name cannot be read.
  fileprivate var isUnreadable: Bool {
    let codes: Set = ["file/missing", "file/unreadable", "file/is-directory", "file/silent-pipe"]
    let errors = diagnostics.filter { $0.severity == .error }
    return !errors.isEmpty && errors.allSatisfy { codes.contains($0.code) }
  }
}

/// What an error has to say, piece by piece; none of errors that are the argument parser's own.
func diagnostics(of error: any Error) -> [Diagnostic] {
  switch error {
  case let error as InvalidInput: error.diagnostics
  case let error as FileFailure: [error.diagnostic]
  case let error as CommandLineMisuse: [error.diagnostic]
  case let error as RequirementFailure: error.diagnostics
  case let error as NoFeasibleDeployment: error.diagnostics
  default: []
  }
}

private func text(of diagnostics: [Diagnostic]) -> String {
  var parts = diagnostics.map(\.text)
  let count = diagnostics.count { $0.severity == .error }
  if count > 1 {
    // What has no place is in a file of its own, or in none.
    let files = Set(diagnostics.map { $0.location?.file })
    let place = files.count == 1 ? files.first!.map { " in \($0)" } ?? "" : ""
    parts.append("error: \(count) problems\(place)")
  }
  return parts.joined(separator: "\n\n")
}
