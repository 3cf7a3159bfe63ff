internal import Synchronization

/// Prices by a number that copies of a model have worked out, so that each is worked out once.
///
/// Every simulation has a copy of its model with tables of its own, which need no lock. The first
/// time that one needs a price it asks here, and a run that looks for the capacity, the stages of a
/// validation and the candidates of a search find what those before them needed.
final class SharedPrices: Sendable {
  private let known = Mutex<[PartCost]>([])

  /// The price for a number, which `make` works out where nobody has.
  func price(_ count: Int, _ make: () -> PartCost) -> PartCost {
    let found = known.withLock { count < $0.count ? $0[count] : PartCost() }
    if found.femtoseconds > 0 { return found }
    // Not within the lock: two that need it at the same time find the same.
    let price = make()
    known.withLock { StepModel.store(price, at: count, in: &$0) }
    return price
  }
}
