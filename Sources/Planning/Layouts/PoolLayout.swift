package import OperatorCosts
internal import Scenarios

/// How one pool of replicas is laid out, as a scenario would state it.
package struct PoolLayout: Hashable, Sendable {
  package var tensor = 1
  package var attentionData = 1
  package var expert = 1
  package var pipeline = 1
  /// Of a dataflow machine, instead of all the others.
  package var chips: Int?
  package var tuning: PoolTuning

  package init(
    tensor: Int = 1, attentionData: Int = 1, expert: Int = 1, pipeline: Int = 1, chips: Int? = nil,
    weights: WeightFormat? = nil
  ) {
    self.tensor = tensor
    self.attentionData = attentionData
    self.expert = expert
    self.pipeline = pipeline
    self.chips = chips
    tuning = PoolTuning(weights: weights)
  }

  package var accelerators: Int { chips ?? tensor * attentionData * pipeline }

  /// `TP4`, `DP8 EP8`, `576 chips`.
  package var words: String {
    var parts: [String] = []
    if let chips { parts.append("\(chips) chips") }
    if chips == nil, tensor > 1 || accelerators == 1 { parts.append("TP\(tensor)") }
    if attentionData > 1 { parts.append("DP\(attentionData)") }
    if expert > 1 { parts.append("EP\(expert)") }
    if pipeline > 1 { parts.append("PP\(pipeline)") }
    return (parts + tuning.words).joined(separator: " ")
  }

  /// What `--set` would be given, apart from the path of the pool.
  package var settings: [(path: String, value: String)] {
    var list: [(String, String)] = []
    if let chips {
      list.append(("parallelism", "{chips: \(chips)}"))
    } else {
      let keys = [
        ("tensor", tensor), ("attention_data", attentionData), ("expert", expert),
        ("pipeline", pipeline),
      ].filter { $0.1 > 1 || $0.0 == "tensor" }
      list.append(
        ("parallelism", "{" + keys.map { "\($0): \($1)" }.joined(separator: ", ") + "}"))
    }
    return list + tuning.settings
  }

  /// Puts the layout in the place of a pool's own.
  func apply(to pool: inout ScenarioPool) {
    pool.layout = ScenarioPool.LayoutKeys()
    if let chips {
      pool.layout.chips = chips
    } else {
      pool.layout.tensor = tensor
      pool.layout.attentionData = attentionData > 1 ? attentionData : nil
      pool.layout.expert = expert > 1 ? expert : nil
      pool.layout.pipeline = pipeline > 1 ? pipeline : nil
    }
    tuning.apply(to: &pool)
  }
}
