internal import Economics
package import Hardware
package import Results
package import Scenarios

extension ReportProvenance {
  /// - Parameters:
  ///   - samples: the steps that the results are made of.
  ///   - hasEnergy, price: what of the results is there and needs an account of its figures.
  package init(
    _ deployment: Deployment, _ samples: [StepSample], hasEnergy: Bool, price: Price.Basis?
  ) {
    var entries = Self.performance(deployment, samples)
    if hasEnergy { entries += Self.energy(deployment) }
    if let price {
      entries += Self.entries(of: deployment, .cost) { $0.price(price) }
    }
    func weakest(_ part: Behind?) -> String? {
      let relevant = entries.filter { part == nil || $0.behind == part }
      return Status.weakest(relevant.compactMap { Status(rawValue: $0.status) })?.rawValue
    }
    // Tokens cost what the machine-hours cost divided by what the machine does in them.
    let cost = [weakest(.cost), weakest(.performance)].compactMap { $0.flatMap(Status.init) }
    let power = [weakest(.energy), weakest(.performance)].compactMap { $0.flatMap(Status.init) }
    self.init(
      weakest: weakest(nil) ?? Status.assumed.rawValue,
      weakestBehind: Weakest(
        performance: weakest(.performance) ?? Status.assumed.rawValue,
        energy: hasEnergy ? Status.weakest(power)?.rawValue : nil,
        cost: price == nil ? nil : Status.weakest(cost)?.rawValue), figures: entries)
  }

  /// The figures that the times of steps and the schedule rest on.
  private static func performance(
    _ deployment: Deployment, _ samples: [StepSample]
  ) -> [Entry] {
    let machines = deployment.machines
    return deployment.figures(behind: samples).compactMap { figure in
      switch figure.origin {
      case .machine(let place):
        var entry = entry(at: figure.path, of: machines[place], among: machines, .performance)
        entry?.share = figure.share
        entry?.leading = figure.leading?.words
        return entry
      case .engine:
        return deployment.engine.settings.first { $0.path == figure.path }.map { setting in
          Entry(
            from: "engine", path: setting.path, value: setting.text,
            status: setting.provenance.status.rawValue, source: setting.provenance.citation,
            behind: .performance, share: figure.share)
        }
      }
    }
  }

  private static func energy(_ deployment: Deployment) -> [Entry] {
    let reachesFacility = deployment.pools.allSatisfy {
      $0.hardware.systemPowerPerAccelerator != nil
    }
    var assumptions = PowerAssumptions.all.filter { assumption in
      deployment.machines.contains { machine in
        PowerAssumptions.standingIn(for: machine).contains { $0.name == assumption.name }
      }
    }
    if reachesFacility { assumptions.append(PowerAssumptions.usageEffectiveness) }
    return entries(of: deployment, .energy) { PowerModel($0) }
      + assumptions.map { assumption in
        Entry(
          from: "power model", path: assumption.name, value: assumption.value.description,
          status: assumption.provenance.status.rawValue, source: assumption.provenance.citation,
          behind: .energy)
      }
  }

  /// The figures of every machine that change what is made of it, machine after machine.
  private static func entries(
    of deployment: Deployment, _ part: Behind, changing made: (HardwareProfile) -> some Equatable
  ) -> [Entry] {
    let machines = deployment.machines
    return machines.flatMap { machine in
      let own = made(machine)
      return machine.paths { made($0) != own }.compactMap {
        entry(at: $0, of: machine, among: machines, part)
      }
    }
  }

  private static func entry(
    at path: String, of machine: HardwareProfile, among machines: [HardwareProfile],
    _ part: Behind
  ) -> Entry? {
    machine.provenances.first { $0.path == path }.map { item in
      Entry(
        from: machines.count > 1 ? "hardware \(machine.name)" : "hardware", path: path,
        value: machine.words(at: path), status: item.provenance.status.rawValue,
        source: item.provenance.citation, behind: part)
    }
  }
}
