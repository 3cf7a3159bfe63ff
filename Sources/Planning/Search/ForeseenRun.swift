internal import Dispatch
internal import Synchronization

/// A candidate that is simulated on another core; whoever lets go of it gives it up.
final class ForeseenRun: Sendable {
  private let run: Foreseen

  init(_ run: Foreseen) { self.run = run }

  deinit { run.drop() }

  /// What was found; nil where nobody has begun yet.
  func result() -> TrialRunner.Ahead? { run.result() }
}

/// What the core that simulates it, and whoever may want it, have in common.
final class Foreseen: Sendable {
  private enum State: Int, AtomicRepresentable { case waiting, begun, unwanted }

  private let state = Atomic(State.waiting)
  private let found = Mutex<TrialRunner.Ahead?>(nil)
  private let end = DispatchSemaphore(value: 0)

  var isUnwanted: Bool { state.load(ordering: .relaxed) == .unwanted }

  func drop() { state.store(.unwanted, ordering: .relaxed) }

  func look(_ look: () -> TrialRunner.Ahead) {
    guard isMoved(to: .begun) else { return }
    let ahead = look()
    found.withLock { $0 = ahead }
  }

  /// Ends the wait for it.
  func tell() { end.signal() }

  func result() -> TrialRunner.Ahead? {
    guard !isMoved(to: .unwanted) else { return nil }
    end.wait()
    return found.withLock(\.self)
  }

  /// Whether it was still waiting, and is not any more.
  private func isMoved(to next: State) -> Bool {
    state.compareExchange(expected: .waiting, desired: next, ordering: .acquiringAndReleasing)
      .exchanged
  }
}
