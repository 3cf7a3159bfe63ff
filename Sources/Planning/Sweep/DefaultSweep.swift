internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
package import Scenarios
internal import Workloads

/// What a sweep varies when nobody says: the load, and how the model is laid out.
package enum DefaultSweep {
  package static let clients = "1..1024*2"
  /// How fast a recorded trace is played, which has its own lengths and no clients.
  package static let speeds = "workload.arrivals.speed=0.25..64*2"

  /// Accelerators of a replica, at most; the domain may be smaller.
  private static let mostAccelerators = 16

  package static func isTrace(_ scenario: Scenario) -> Bool {
    if case .trace = scenario.workload.arrivals { true } else { false }
  }

  /// Layouts of one pool of GPUs; nil for other deployments, which keep the one they have.
  static func layouts(of deployments: [SweepSurvey.Names]) -> SweepAxis? {
    guard deployments.allSatisfy({ $0.machines.count == 1 && $0.machines[0].kind == .gpu })
    else { return nil }
    let domain = deployments.map { $0.machines[0].scaleUp.domain }.max() ?? 1
    let hasExperts = deployments.contains { $0.architecture.hasMixture }
    let layouts = layouts(upTo: min(domain, mostAccelerators), hasExperts: hasExperts)
    return SweepAxis(
      name: "layout",
      values: layouts.map {
        SweepAxis.Value(label: $0.label, settings: ["parallelism={\($0.keys)}"])
      })
  }

  /// Tensor ranks alone; with experts also whole ones spread over all ranks, and attention in
  /// groups of every size.
  static func layouts(upTo most: Int, hasExperts: Bool) -> [ParallelLayout] {
    var layouts = [ParallelLayout()]
    var ranks = 2
    while ranks <= most {
      layouts.append(ParallelLayout(tensor: ranks))
      if hasExperts {
        var tensor = ranks
        while tensor >= 1 {
          layouts.append(
            ParallelLayout(tensor: tensor, attentionData: ranks / tensor, expert: ranks))
          tensor /= 2
        }
      }
      ranks *= 2
    }
    return layouts
  }
}

extension ParallelLayout {
  /// `TP4`, `TP2 DP4 EP8`.
  fileprivate var label: String {
    let parts = [("TP", tensor), ("DP", attentionData), ("EP", expert)].filter { $0.1 > 1 }
    return parts.isEmpty ? "TP1" : parts.map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }

  /// As a scenario has them.
  fileprivate var keys: String {
    let parts = [("attention_data", attentionData), ("expert", expert)].filter { $0.1 > 1 }
    return (["tensor: \(tensor)"] + parts.map { "\($0.0): \($0.1)" }).joined(separator: ", ")
  }
}

extension Architecture {
  fileprivate var hasMixture: Bool {
    groups.contains { if case .experts = $0.feedForward { true } else { false } }
  }
}
