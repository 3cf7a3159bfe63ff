internal import Units
internal import Workloads

/// A request between the replica that computed its prompt and the one that will decode it.
struct Handover {
  var request: Request
  var scheduledAt: SimTime
  var preemptions: Int32
  var cached: Int32
  /// Where its keys and values are: the replica, and the slot there.
  var replica: Int32 = 0
  var slot: Int32
  /// When it was ready to be sent.
  var readyAt: SimTime
}
