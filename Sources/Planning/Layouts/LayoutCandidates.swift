package import Hardware
package import ModelArchitecture
package import OperatorCosts

/// The layouts of one replica that are worth trying on a machine.
///
/// Widths are powers of two within the scale-up domain, as engines and models divide evenly by
/// them. Whether one fits is for `Deployment` to say: what is listed here is only not absurd.
///
/// - Dense models: tensor parallel; over several domains as pipeline stages of whole ones.
/// - Mixtures of experts also: whole experts spread over all ranks, and the attention in groups of
///   tensor ranks of every size.
package struct LayoutCandidates: Sendable {
  /// Ranks of one replica at most: beyond that a step is mostly exchange.
  static let mostRanks = 64
  /// All-reduces of more ranks are not measured, nor used in practice.
  static let mostTensorRanks = 16

  package let layouts: [PoolLayout]

  /// - Parameters:
  ///   - weights: formats to try; nil among them for the scenario's own.
  ///   - chips: that a dataflow machine needs to hold the model, if it is one.
  package init(
    of architecture: Architecture, on hardware: HardwareProfile, weights: [WeightFormat?] = [nil],
    chips: Int? = nil
  ) {
    var list: [PoolLayout] = []
    if let chips {
      // More chips hold longer queues of sequences; they make no step faster.
      list = [chips, chips * 3 / 2, chips * 2].map { PoolLayout(chips: $0) }
    } else {
      let domain = hardware.scaleUp.domain
      let widths = Self.powersOfTwo(upTo: min(domain, Self.mostTensorRanks))
      list = widths.map { PoolLayout(ParallelLayout(tensor: $0)) }
      if architecture.hasExperts {
        list += Self.powersOfTwo(upTo: min(domain, Self.mostRanks)).dropFirst().flatMap { ranks in
          widths.reversed().filter { $0 <= ranks }.map {
            PoolLayout(ParallelLayout(tensor: $0, attentionData: ranks / $0, expert: ranks))
          }
        }
      }
      if let widest = widths.last, widest == domain {
        list += [2, 4].map { PoolLayout(ParallelLayout(tensor: widest, pipeline: $0)) }
      }
    }
    layouts = weights.flatMap { format in
      list.map { layout in
        var formatted = layout
        formatted.tuning.weights = format
        return formatted
      }
    }
  }

  private static func powersOfTwo(upTo limit: Int) -> [Int] {
    var list: [Int] = []
    var width = 1
    while width <= limit {
      list.append(width)
      width *= 2
    }
    return list
  }
}

extension Architecture {
  var hasExperts: Bool {
    groups.contains { if case .experts = $0.feedForward { true } else { false } }
  }
}
