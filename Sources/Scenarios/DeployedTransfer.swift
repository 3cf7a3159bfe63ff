internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
package import ServingSimulation

/// The link over which caches go from the pool that prefills to the pool that decodes.
package struct DeployedTransfer: Sendable {
  package enum Link: String, Sendable {
    /// The fast network: both pools are in one scale-up domain.
    case scaleUp = "scale_up"
    /// The network between domains.
    case scaleOut = "scale_out"
    /// Bandwidth and latency are the scenario's own.
    case scenario
  }

  package let transfer: CacheTransfer
  package let link: Link
}

/// Chooses the link between two pools and sizes what goes over it.
///
///     bandwidth = min over both pools of ( accelerators of a replica · link of one accelerator )
///
/// Pools of the same machine that fit into one scale-up domain together are taken to be in one:
/// their accelerators' links join them. Others meet over the network of both, at its lower rate and
/// its higher latency, and the engine's handover comes on top. What a scenario's `transfer` states
/// replaces them: its latency is all of it.
///
/// What is sent is one copy of the whole cache in the decoding pool's format; what a layer with a
/// window keeps is sent as if the window were full, which is too much for shorter contexts.
/// Check: four and eight GB200 in one domain of 72, 900 GB/s each: 3.6 TB/s
/// (`DeploymentTests.transferWithinADomain`).
struct TransferResolver {
  let scenario: ScenarioTransfer
  let engine: EngineProfile
  let prefill: DeployedPool
  let decode: DeployedPool

  func resolve() throws(InvalidInput) -> DeployedTransfer {
    let design = decode.design
    func transfer(_ latency: Double, _ bandwidth: Double) -> CacheTransfer {
      CacheTransfer(
        latencySeconds: scenario.latencySeconds ?? latency,
        bytesPerSecond: scenario.bytesPerSecond ?? bandwidth,
        bytesPerToken: design.cacheBytesPerToken,
        bytesPerSequence: design.fullWindowBytes,
        handoverSeconds: scenario.latencySeconds == nil ? engine.handoverSeconds : 0)
    }
    if let latency = scenario.latencySeconds, let bandwidth = scenario.bytesPerSecond {
      return DeployedTransfer(transfer: transfer(latency, bandwidth), link: .scenario)
    }
    let narrower = Double(min(prefill.acceleratorsPerReplica, decode.acceleratorsPerReplica))
    if isOneDomain, let latency = decode.hardware.scaleUp.latency?.value,
      let bandwidth = decode.hardware.scaleUp.bandwidth?.value
    {
      return DeployedTransfer(
        transfer: transfer(latency, bandwidth * narrower), link: .scaleUp)
    }
    let sides = try [prefill, decode].map { pool throws(InvalidInput) in
      guard let network = pool.hardware.scaleOut else { throw noLink(of: pool) }
      return (
        latency: network.latency.value,
        bandwidth: network.bandwidth.value * Double(pool.acceleratorsPerReplica)
      )
    }
    return DeployedTransfer(
      transfer: transfer(
        max(sides[0].latency, sides[1].latency), min(sides[0].bandwidth, sides[1].bandwidth)),
      link: .scaleOut)
  }

  private var isOneDomain: Bool {
    prefill.hardware == decode.hardware
      && prefill.accelerators + decode.accelerators <= decode.hardware.scaleUp.domain
  }

  private func noLink(of pool: DeployedPool) -> InvalidInput {
    let together = prefill.accelerators + decode.accelerators
    let domain =
      prefill.hardware == decode.hardware
      ? "\(together) accelerators do not fit one scale-up domain of `\(pool.hardware.name)`: "
        + String(pool.hardware.scaleUp.domain)
      : "`\(prefill.hardware.name)` and `\(decode.hardware.name)` share no scale-up domain"
    return InvalidInput(
      Diagnostic(
        code: "scenario/no-link",
        "no link joins the two pools: `\(pool.hardware.name)` has no `scale_out`",
        at: scenario.place.location, path: scenario.place.path, notes: [domain],
        hint: "set `transfer.bandwidth` and `transfer.latency`, for example `50 GB/s` and `10 us`"))
  }
}

extension ReplicaDesign {
  /// One copy of what a sequence keeps beside its growing cache: full windows and states.
  fileprivate var fullWindowBytes: Double {
    let longest = architecture.groups.reduce(0) { longest, group in
      max(longest, group.caches.compactMap { $0.window?.tokens }.max() ?? 0)
    }
    return cacheBytes(context: longest) - cacheBytesPerToken * Double(longest)
  }
}
