internal import Units

/// The links over which caches are sent: every replica sends one at a time and receives one at a
/// time.
struct TransferLinks {
  let transfer: CacheTransfer
  /// When each replica's sending and receiving side is free.
  private var sending: [SimTime]
  private var receiving: [SimTime]

  init(_ transfer: CacheTransfer, replicas: Int) {
    self.transfer = transfer
    sending = [SimTime](repeating: .zero, count: replicas)
    receiving = sending
  }

  /// Takes both sides for one context.
  ///
  /// - Returns: when sending begins and ends.
  mutating func send(
    context: Int, from source: Int, to target: Int, at time: SimTime
  ) -> (start: SimTime, end: SimTime) {
    let start = max(time, sending[source], receiving[target])
    let end = start + SimDuration(seconds: transfer.seconds(context: context))
    sending[source] = end
    receiving[target] = end
    return (start, end)
  }
}
