package import Hardware

/// Machines of one kind that a deployment has, and how many units must be paid for to have them.
///
/// Replicas that fit into a unit are not cut over two: a server of 8 takes two replicas of 3, not
/// two and two thirds. Larger ones take whole units and leave the rest of their last one to others.
/// Large replicas are packed before small ones, each where the least room is left (best fit,
/// decreasing), which is exact where sizes divide the unit.
///
/// Check: three replicas of 4 and one of 2 in servers of 8 are 2 servers, 2 accelerators unused
/// (`BillTests.packing`).
package struct Bill: Equatable, Sendable {
  /// Replicas that are laid out alike.
  package struct Replicas: Equatable, Sendable {
    package var count: Int
    /// Accelerators of one replica.
    package var accelerators: Int

    package init(count: Int, accelerators: Int) {
      self.count = count
      self.accelerators = accelerators
    }
  }

  package let unit: SalesUnit
  package let units: Int
  /// Accelerators of the replicas that serve, and of those that stand by.
  package let serving: Int
  package let spare: Int

  package var paid: Int { units * unit.accelerators }
  package var unused: Int { paid - serving - spare }

  package init(_ unit: SalesUnit, serving: [Replicas], spares: [Replicas] = []) {
    self.unit = unit
    self.serving = serving.reduce(0) { $0 + $1.count * $1.accelerators }
    spare = spares.reduce(0) { $0 + $1.count * $1.accelerators }
    units =
      unit.accelerators == 1
      ? self.serving + spare : Self.units(holding: serving + spares, of: unit.accelerators)
  }

  private static func units(holding replicas: [Replicas], of size: Int) -> Int {
    var units = 0
    /// Units by the accelerators that are free in them.
    var free = [Int](repeating: 0, count: size + 1)
    for group in replicas.sorted(by: { $0.accelerators > $1.accelerators })
    where group.accelerators > 0 {
      let (each, rest) = group.accelerators.quotientAndRemainder(dividingBy: size)
      units += each * group.count
      guard rest > 0 else { continue }
      var waiting = group.count
      for room in rest...size where free[room] > 0 && waiting > 0 {
        let fit = room / rest
        let full = min(free[room], waiting / fit)
        free[room] -= full
        free[room - fit * rest] += full
        waiting -= full * fit
        if waiting > 0, waiting < fit, free[room] > 0 {
          free[room] -= 1
          free[room - waiting * rest] += 1
          waiting = 0
        }
      }
      let fit = size / rest
      let (full, last) = waiting.quotientAndRemainder(dividingBy: fit)
      units += full + (last > 0 ? 1 : 0)
      free[size - fit * rest] += full
      if last > 0 { free[size - last * rest] += 1 }
    }
    return units
  }
}
