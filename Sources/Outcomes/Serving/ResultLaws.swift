internal import Economics
package import Results
package import Scenarios

/// What must hold of every result, whatever the scenario: what `RunSummary` cannot check, which
/// knows no machine and no price. A broken law is an error of the program, never of its input.
package enum ResultLaws {
  /// Relative error that sums of many rounded numbers may have.
  private static let tolerance = 1e-6

  package static func broken(_ results: RunResults, of deployment: Deployment) -> [String] {
    zip(results.pools, deployment.pools).flatMap { speed($0) + power($0, $1) }
      + energy(results) + cost(results)
  }

  private static func check(
    _ law: String, _ holds: Bool, _ figures: @autoclosure () -> String
  ) -> [String] {
    holds ? [] : ["law \(law) broken: \(figures())"]
  }

  /// A pool does no more while it is busy than its peaks would.
  private static func speed(_ pool: PoolResults) -> [String] {
    let busy = pool.busy
    let shares: [(name: String, share: Double?)] = [
      ("FLOPs", pool.modelFLOPsUtilization), ("bytes", pool.modelBandwidthUtilization),
    ]
    return shares.flatMap { name, share -> [String] in
      check(
        "L9 (speed of light)", (share ?? 0) <= busy * (1 + tolerance) + 1e-12,
        "\(name) of pool \(pool.name) take \(share ?? 0) of the time at the peak, busy \(busy)")
    }
  }

  /// Accelerators draw no less than idle ones and no more than they may.
  private static func power(_ pool: PoolResults, _ deployed: DeployedPool) -> [String] {
    guard let watts = pool.acceleratorPowerWatts else { return [] }
    var least = 0.0
    var most = 0.0
    for machine in deployed.machines {
      guard let model = PowerModel(machine.hardware) else { return [] }
      let count = Double(machine.perReplica * deployed.replicas)
      least += count * model.idleWatts
      most += count * model.thermalDesignWatts
    }
    return check(
      "L10 (energy)", watts >= least * (1 - tolerance) && watts <= most * (1 + tolerance),
      "\(watts) W drawn by pool \(pool.name), \(least) W idle and \(most) W at most")
  }

  /// The whole draws what its pools do.
  private static func energy(_ results: RunResults) -> [String] {
    guard let whole = results.energy?.acceleratorPowerWatts else { return [] }
    let parts = results.pools.reduce(0) { $0 + ($1.acceleratorPowerWatts ?? 0) }
    return check(
      "L10 (energy)", abs(whole - parts) <= tolerance * whole,
      "\(whole) W in all, \(parts) W by pools")
  }

  /// Each line is quantity times price, the lines are the total, and no machine time is left out.
  private static func cost(_ results: RunResults) -> [String] {
    guard let cost = results.cost else { return [] }
    let lines = cost.lines.flatMap { line in
      check(
        "L11 (cost)", abs(line.quantity * line.unitPrice - line.cost) <= rounding(line.cost),
        "\(line.quantity) x \(line.unitPrice) is not \(line.cost) on the line `\(line.item)`")
    }
    let sum = cost.lines.reduce(0) { $0 + $1.cost }
    let hours = results.makespanSeconds / 3600
    let paid = cost.dollarsPerHour * hours
    // Prices and lines are rounded to a millionth of a dollar.
    let quantity = cost.lines.reduce(0) { $0 + $1.quantity }
    let lost = rounding(paid) * Double(cost.lines.count + 1) + 1e-6 * quantity + tolerance * paid
    return lines
      + check(
        "L11 (cost)", abs(sum - cost.total) <= rounding(cost.total),
        "lines of \(sum) USD, \(cost.total) USD in all")
      + check(
        "L11 (cost)", abs(paid - cost.total) <= lost,
        "\(cost.dollarsPerHour) USD an hour for \(hours) h, \(cost.total) USD in all")
  }

  /// Money is in millionths of a dollar.
  private static func rounding(_ dollars: Double) -> Double { 1e-6 + 1e-12 * abs(dollars) }
}
