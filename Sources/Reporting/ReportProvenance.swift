internal import Economics
package import Hardware
internal import OperatorCosts
package import Scenarios

/// The figures behind a result and how sure each of them is.
package struct ReportProvenance: Codable, Equatable, Sendable {
  package enum Behind: String, Codable, CaseIterable, Sendable { case performance, energy, cost }

  package struct Entry: Codable, Equatable, Sendable {
    /// `hardware`, `engine` or `power model`, and the key path there.
    package var from: String
    package var path: String
    package var value: String?
    package var status: String
    package var source: String
    /// Which part of the results rests on it.
    package var behind: Behind
  }

  package struct Weakest: Codable, Equatable, Sendable {
    package var performance: String
    package var energy: String?
    package var cost: String?
  }

  /// Of everything below.
  package var weakest: String
  package var weakestBehind: Weakest
  package var figures: [Entry]

  private enum CodingKeys: String, CodingKey {
    case weakest, figures
    case weakestBehind = "weakest_behind"
  }
}

extension ReportProvenance {
  /// - Parameters:
  ///   - hasEnergy, price: what of the results is there and needs an account of its figures.
  package init(_ deployment: Deployment, hasEnergy: Bool, price: Price?) {
    var entries = Self.performance(deployment)
    if hasEnergy { entries += Self.energy(deployment) }
    if let price {
      entries += Self.entries(of: deployment, at: ["prices.\(price.basis.rawValue)"], .cost)
    }
    figures = entries
    func weakest(_ part: Behind?) -> String? {
      let relevant = entries.filter { part == nil || $0.behind == part }
      return Status.weakest(relevant.compactMap { Status(rawValue: $0.status) })?.rawValue
    }
    self.weakest = weakest(nil) ?? Status.assumed.rawValue
    // Tokens cost what the machine-hours cost divided by what the machine does in them.
    let cost = [weakest(.cost), weakest(.performance)].compactMap { $0.flatMap(Status.init) }
    let power = [weakest(.energy), weakest(.performance)].compactMap { $0.flatMap(Status.init) }
    weakestBehind = Weakest(
      performance: weakest(.performance) ?? Status.assumed.rawValue,
      energy: hasEnergy ? Status.weakest(power)?.rawValue : nil,
      cost: price == nil ? nil : Status.weakest(cost)?.rawValue)
  }

  private static func performance(_ deployment: Deployment) -> [Entry] {
    var paths = deployment.design.kernelFigurePaths
    paths += ["accelerator.memory.0.capacity", "accelerator.memory.0.bandwidth"]
    if deployment.design.layout.tensor > 1 { paths += collectivePaths(deployment) }
    return entries(of: deployment, at: paths, .performance) + engine(deployment)
  }

  /// The measured curves of this number of ranks, or the link that stands in for it.
  private static func collectivePaths(_ deployment: Deployment) -> [String] {
    let ranks = deployment.design.layout.tensor
    let kinds: [CollectiveKind] = [.allReduce, .allGather]
    let curves = kinds.compactMap { deployment.hardware.scaleUp.curve($0, ranks: ranks) }
    let link = curves.count < kinds.count ? ["scale_up.bandwidth", "scale_up.latency"] : []
    return link + curves.map { deployment.hardware.path(of: $0) }
  }

  /// Settings of the engine that the scenario left as they are.
  private static func engine(_ deployment: Deployment) -> [Entry] {
    let scenario = deployment.scenario
    let replaced = [
      "scheduler.policy": scenario.policy != nil,
      "scheduler.token_budget": scenario.tokenBudget != nil,
      "scheduler.maximum_sequences": scenario.maximumSequences != nil,
      "scheduler.reserved_answer_share": scenario.reservedAnswerShare != nil,
      "memory.usable_fraction": scenario.usableMemoryFraction != nil,
      "memory.reserved": scenario.reservedMemoryBytes != nil,
      "memory.block_tokens": scenario.blockTokens != nil,
    ]
    return deployment.engine.settings.filter { replaced[$0.path] != true }.map { setting in
      Entry(
        from: "engine", path: setting.path, value: setting.text,
        status: setting.provenance.status.rawValue, source: setting.provenance.citation,
        behind: .performance)
    }
  }

  private static func energy(_ deployment: Deployment) -> [Entry] {
    let paths = [
      "accelerator.power.tdp", "accelerator.power.idle", "system.power_per_accelerator",
    ]
    let reachesFacility = deployment.hardware.systemPowerPerAccelerator != nil
    let assumptions = PowerShares.all.filter {
      reachesFacility || $0.name != PowerShares.usageEffectiveness.name
    }
    return entries(of: deployment, at: paths, .energy)
      + assumptions.map { assumption in
        Entry(
          from: "power model", path: assumption.name, value: assumption.value.description,
          status: assumption.provenance.status.rawValue, source: assumption.provenance.citation,
          behind: .energy)
      }
  }

  private static func entries(
    of deployment: Deployment, at paths: [String], _ part: Behind
  ) -> [Entry] {
    deployment.hardware.provenances.filter { paths.contains($0.path) }.map { item in
      Entry(
        from: "hardware", path: item.path,
        value: deployment.hardware.words(at: item.path),
        status: item.provenance.status.rawValue, source: item.provenance.citation, behind: part)
    }
  }
}
