/// Requests that are more urgent than others.
///
/// Waiting requests are admitted in the order of their priority, the lower first, and of those
/// alike in the order in which they came. When a decoding sequence finds no block, the last one in
/// that order loses its own (vLLM: `--scheduling-policy priority`, `Scheduler.schedule`).
package struct PriorityOrder: Equatable, Sendable {
  /// Priority of each class, the lower first.
  package var ofClasses: [Int32]
  /// Whether decoding sequences give way to a request that waits, too: those whose priority is
  /// more than so much behind its own, the last ones first (SGLang: `PrefillAdder`,
  /// `--priority-scheduling-preemption-threshold`). Nil never does so, as vLLM.
  package var margin: Int32?

  package init(ofClasses: [Int32], margin: Int32? = nil) {
    self.ofClasses = ofClasses
    self.margin = margin
  }
}
