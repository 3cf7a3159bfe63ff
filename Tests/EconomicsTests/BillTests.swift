import Economics
import Hardware
import Testing

struct BillTests {
  private let server = SalesUnit(kind: .server, accelerators: 8)

  private func units(_ sizes: [(Int, Int)], _ unit: SalesUnit) -> Int {
    Bill(unit, serving: sizes.map { Bill.Replicas(count: $0.0, accelerators: $0.1) }).units
  }

  @Test func packing() {
    let bill = Bill(
      server,
      serving: [
        Bill.Replicas(count: 3, accelerators: 4), Bill.Replicas(count: 1, accelerators: 2),
      ])
    #expect((bill.units, bill.paid, bill.unused) == (2, 16, 2))
    // Two replicas of 3 in a server, and no third: they are not cut.
    #expect(units([(5, 3)], server) == 3)
    #expect(units([(5, 3), (3, 2)], server) == 3)
    #expect(units([(5, 3), (4, 2)], server) == 3)
    #expect(units([(5, 3), (3, 2), (2, 3)], server) == 4)
    // A replica over one server and a half leaves half of one.
    #expect(units([(1, 12), (1, 4)], server) == 2)
    #expect(units([(2, 12)], server) == 3)
    #expect(units([(5, 16)], SalesUnit(kind: .rack, accelerators: 72)) == 2)
    #expect(units([(5, 3)], .accelerator) == 15)
  }

  @Test func sparesArePacked() {
    let bill = Bill(
      server, serving: [Bill.Replicas(count: 47, accelerators: 1)],
      spares: [Bill.Replicas(count: 1, accelerators: 1)])
    #expect((bill.units, bill.serving, bill.spare, bill.unused) == (6, 47, 1, 0))
  }

  /// No unit less than the accelerators need, none more than replicas of their own would.
  @Test(arguments: 1...200) func unitsAreBounded(seed: Int) {
    var state = UInt64(seed)
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let size = [2, 4, 8, 72][next(4)]
    let replicas = (0..<(1 + next(4))).map { _ in
      Bill.Replicas(count: 1 + next(40), accelerators: 1 + next(2 * size))
    }
    let bill = Bill(SalesUnit(kind: .server, accelerators: size), serving: replicas)
    let alone = replicas.reduce(0) { $0 + $1.count * (($1.accelerators + size - 1) / size) }
    #expect(bill.unused >= 0, "seed \(seed)")
    #expect(bill.units <= alone, "seed \(seed)")
  }
}
