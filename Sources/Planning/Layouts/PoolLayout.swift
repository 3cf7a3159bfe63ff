package import OperatorCosts
internal import Scenarios

/// How one pool of replicas is laid out, as a scenario would state it.
package struct PoolLayout: Hashable, Sendable {
  package var sizes: ParallelLayout
  /// Chips of a dataflow machine, instead of all other sizes; nil for other machines.
  package var chips: Int?
  package var tuning: PoolTuning

  package init(
    _ sizes: ParallelLayout = ParallelLayout(), chips: Int? = nil, weights: WeightFormat? = nil
  ) {
    self.sizes = sizes
    self.chips = chips
    tuning = PoolTuning(weights: weights)
  }

  package var accelerators: Int { chips ?? sizes.accelerators }

  /// `TP4`, `DP8 EP8`, `576 chips`.
  package var words: String {
    let used = accelerators == 1 ? [(.tensor, 1)] : sizes.used
    let parts =
      chips.map { ["\($0) chips"] } ?? used.map { "\($0.dimension.letters)\($0.size)" }
    return (parts + tuning.words).joined(separator: " ")
  }

  /// What `--set` would be given, apart from the path of the pool.
  package var settings: [(path: String, value: String)] {
    var list: [(String, String)] = []
    if let chips {
      list.append(("parallelism", "{chips: \(chips)}"))
    } else {
      let keys = stated.map { "\($0.rawValue): \(sizes[$0])" }
      list.append(("parallelism", "{" + keys.joined(separator: ", ") + "}"))
    }
    return list + tuning.settings
  }

  /// Puts the layout in the place of a pool's own.
  func apply(to pool: inout ScenarioPool) {
    pool.layout = ScenarioPool.LayoutKeys()
    pool.layout.chips = chips
    if chips == nil { for key in stated { pool.layout.sizes[key] = sizes[key] } }
    tuning.apply(to: &pool)
  }

  /// The dimensions that are written down: those that are used, and one at least.
  private var stated: [LayoutDimension] {
    LayoutDimension.allCases.filter { $0 == .tensor || sizes[$0] > $0.unused }
  }
}
