internal import Hardware
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
    guard
      deployments.allSatisfy({
        !$0.isFleet && $0.machines.count == 1 && $0.machines[0].kind == .gpu
      })
    else { return nil }
    // One list for all: what does not fit one of them is refused there.
    let lists = deployments.map {
      LayoutCandidates(of: $0.architecture, on: $0.machines[0]).layouts
    }
    let longest = lists.max { $0.count < $1.count } ?? []
    let layouts = longest.filter { $0.accelerators <= mostAccelerators && $0.sizes.pipeline == 1 }
    return SweepAxis(
      name: "layout",
      values: layouts.map { layout in
        SweepAxis.Value(
          label: layout.words, settings: layout.settings.map { "\($0.path)=\($0.value)" })
      })
  }
}
