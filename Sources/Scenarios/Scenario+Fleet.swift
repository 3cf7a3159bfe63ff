package import Diagnostics

extension Scenario {
  /// Refuses what looks at one kind of replica alone.
  ///
  /// - Parameters:
  ///   - subject: that does, `\`plan\``.   - hint: what can be done instead.
  package func refuseFleet(for subject: String, hint: String) throws(InvalidInput) {
    guard isFleet else { return }
    let place = pools[0].place
    throw InvalidInput(
      Diagnostic(
        code: "scenario/fleet",
        "\(subject) is about replicas of one kind, and the fleet has several: `\(name)`",
        at: place.location, path: place.path,
        notes: [
          "it varies number, layout and settings of one kind; how many of each of several kinds "
            + "is another search, which is not there"
        ], hint: hint))
  }
}
