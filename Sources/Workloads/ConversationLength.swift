/// How long a conversation lasts, or a question whose calls wait for each other.
package struct ConversationLength: Hashable, Sendable {
  private let turns: Double
  /// Between two turns, in the mean [ns].
  private let pause: Double

  /// The length of the conversation that a request is of, in the mean of all requests.
  package init(_ sessions: Sessions) {
    turns = sessions.turnsAroundATurn
    pause = sessions.thinkTime.meanSeconds * 1e9
  }

  /// A question of so many rounds, each of which takes as long as a request.
  package init(_ strategy: Strategy) {
    turns = Double(strategy.mostRounds)
    pause = 0
  }

  ///     n E + (n - 1) z
  ///
  /// - n: turns, or rounds      - E, z: mean time of a request, and of a user who thinks
  ///
  /// Check: three turns of 2 s with 10 s between them: 26 s
  /// (`ConversationTests.aConversationIsLongerThanItsRequests`).
  ///
  /// - Parameter request: of a request, in the mean [ns].
  package func nanoseconds(request: Double) -> Double { turns * request + (turns - 1) * pause }
}
