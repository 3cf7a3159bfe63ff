internal import Diagnostics
package import Requirements

/// A verdict as a report of tests, which CI systems show beside others: a test for each
/// requirement, and one for each figure of the baseline.
///
/// There are no times in it, so that the same verdict has the same bytes.
package struct GateJUnit<Document: GatedDocument> {
  private let document: Document
  private let verdict: GateVerdict

  package init(_ document: Document, _ verdict: GateVerdict) {
    self.document = document
    self.verdict = verdict
  }

  private struct Suite {
    let name: String
    let cases: [String]
    let failures: Int
  }

  private var suites: [Suite] {
    var suites: [Suite] = []
    if !verdict.requirements.isEmpty {
      suites.append(
        Suite(
          name: "requirements", cases: verdict.requirements.map(testCase),
          failures: verdict.requirements.count { !$0.isMet }))
    }
    if let baseline = verdict.baseline {
      suites.append(
        Suite(
          name: "baseline", cases: baseline.differences.map(testCase),
          failures: baseline.differences.count { $0.verdict.isFailure }))
    }
    return suites
  }

  package var text: String {
    let suites = suites
    let root = XMLText.element(
      "testsuites", [("name", document.gateTitle)] + Self.counts(suites), suites.map(element))
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(root)\n"
  }

  private func element(_ suite: Suite) -> String {
    XMLText.element(
      "testsuite",
      [("name", "\(document.gateTitle): \(suite.name)")] + Self.counts([suite])
        + [("errors", "0"), ("skipped", "0")],
      suite.cases + [XMLText.element("system-out", [], text: document.circumstances)])
  }

  private static func counts(_ suites: [Suite]) -> [(String, String?)] {
    [
      ("tests", String(suites.reduce(0) { $0 + $1.cases.count })),
      ("failures", String(suites.reduce(0) { $0 + $1.failures })),
    ]
  }

  private func testCase(_ item: RequirementVerdict) -> String {
    let place = item.requirement.location
    // Where it is an option, there is no file to go to.
    let file = place?.line == nil ? nil : place?.file
    let failure = item.diagnostic(hint: nil)
    return testCase(
      item.requirement.text, "requirements", failure, file: file,
      line: file == nil ? nil : place?.line.map { String($0) })
  }

  private func testCase(_ item: BaselineComparison.Difference) -> String {
    let words = "\(item.before.words) before, \(item.now.words) now"
    let change = item.changeWords.isEmpty ? words : "\(words): \(item.changeWords)"
    let failure = Diagnostic(code: "baseline/worse", change)
    return testCase(item.figure.path, "baseline", item.verdict.isFailure ? failure : nil)
  }

  private func testCase(
    _ name: String, _ part: String, _ failure: Diagnostic?, file: String? = nil,
    line: String? = nil
  ) -> String {
    let attributes: [(String, String?)] = [
      ("classname", "\(document.gateTitle): \(part)"), ("name", name), ("file", file),
      ("line", line),
    ]
    guard let failure else { return XMLText.element("testcase", attributes) }
    let child = XMLText.element(
      "failure", [("type", failure.code), ("message", failure.message)], text: failure.text)
    return XMLText.element("testcase", attributes, [child])
  }
}
