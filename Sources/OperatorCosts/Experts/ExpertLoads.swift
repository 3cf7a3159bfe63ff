internal import ModelArchitecture
internal import Synchronization

/// The expert loads of one replica's layers, each found once: where the experts of a layer lie and
/// how unevenly tokens fall on them takes far longer to find than a step takes to price, and is the
/// same for all layers, steps and machines.
///
/// A class, so that all copies of a design share it.
package final class ExpertLoads: Sendable {
  private struct Case: Equatable {
    var experts: Int
    var topK: Int
    var layout: ParallelLayout
    var routing: ExpertRouting
  }

  private let found = Mutex<[(key: Case, load: ExpertLoad?)]>([])

  package init() {}

  func load(
    of mixture: MixtureOfExperts, layout: ParallelLayout, routing: ExpertRouting
  ) -> ExpertLoad? {
    let key = Case(
      experts: mixture.experts, topK: mixture.topK, layout: layout, routing: routing)
    return found.withLock { found in
      if let known = found.first(where: { $0.key == key }) { return known.load }
      let load = ExpertLoad(mixture, layout: layout, routing: routing)
      found.append((key, load))
      return load
    }
  }
}
