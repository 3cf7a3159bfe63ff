internal import Workloads

/// Which requests a part of a fleet takes.
package struct RequestFilter: Equatable, Sendable {
  package enum Calls: String, CaseIterable, Sendable {
    case all
    /// Calls that write what a question is answered with.
    case answers
    /// Calls that judge what others wrote.
    case verdicts
  }

  /// Tokens of prompts.
  package var input: ClosedRange<Int>
  /// Positions of the classes that it takes; nil takes all.
  package var classes: Set<Int>?
  package var calls: Calls

  package init(
    input: ClosedRange<Int> = 0...Int.max, classes: Set<Int>? = nil, calls: Calls = .all
  ) {
    self.input = input
    self.classes = classes
    self.calls = calls
  }

  package static let all = RequestFilter()

  @inline(__always)
  func takes(_ request: Request) -> Bool {
    guard input.contains(Int(request.inputTokens)) else { return false }
    if let classes, !classes.contains(Int(request.classIndex)) { return false }
    switch calls {
    case .all: return true
    case .answers: return !request.isVerdict
    case .verdicts: return request.isVerdict
    }
  }
}
