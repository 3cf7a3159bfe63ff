internal import Economics
internal import Hardware
internal import Scenarios

/// The machines of one kind that a deployment pays for.
struct MachineBill {
  let hardware: HardwareProfile
  let price: Price
  let bill: Bill

  /// What is paid for and serves nothing: replicas that stand by, and the rest of the last units.
  func idleUses(seconds: Double, isOnlyKind: Bool) -> [PoolUse] {
    [("spare", bill.spare), ("unused", bill.unused)].filter { $0.1 > 0 }.map { name, count in
      PoolUse(
        name: isOnlyKind ? name : "\(name) \(hardware.name)", replicas: count,
        acceleratorsPerReplica: 1, price: price,
        times: PhaseTimes(makespanSeconds: seconds, busySeconds: 0, prefillSeconds: 0),
        prefills: false, decodes: false)
    }
  }
}

extension Deployment {
  /// One of each kind of machine, in the order of the pools; without those that have no price.
  var bills: [MachineBill] {
    let basis = scenario.price
    var kinds: [HardwareProfile] = []
    for hardware in pools.flatMap(\.machines).map(\.hardware)
    where !kinds.contains(where: { $0.name == hardware.name }) {
      kinds.append(hardware)
    }
    return kinds.compactMap { hardware in
      guard let price = hardware.price(basis),
        let unit = hardware.salesUnit(basis, billedBy: scenario.bill)
      else { return nil }
      func replicas(_ count: (DeployedPool) -> Int) -> [Bill.Replicas] {
        pools.flatMap { pool in
          pool.machines.filter { $0.hardware.name == hardware.name }
            .map { Bill.Replicas(count: count(pool), accelerators: $0.perReplica) }
        }
      }
      return MachineBill(
        hardware: hardware, price: price,
        bill: Bill(unit, serving: replicas(\.replicas), spares: replicas { _ in scenario.spares }))
    }
  }

  /// How far an hour of all that is paid for may cost less and more than its price says, as a
  /// factor: the ends of the range that a profile gives for it, weighed with the bill. One where
  /// a price has no range, as in somebody's own price book.
  package var hourlyPriceFactors: (low: Double, high: Double) {
    var (low, middle, high) = (0.0, 0.0, 0.0)
    for machine in bills {
      let figure = machine.price.figure
      let paid = Double(machine.bill.paid)
      low += paid * (figure.low ?? figure.value)
      middle += paid * figure.value
      high += paid * (figure.high ?? figure.value)
    }
    guard middle > 0 else { return (1, 1) }
    return (min(low / middle, 1), max(high / middle, 1))
  }
}
