import Hardware
import OperatorCosts
import Testing

@testable import Economics

@Suite struct PowerModelTests {
  private let h200 = PowerModel(thermalDesignWatts: 700, idleWatts: 77, systemWatts: 1_370)

  @Test func workedExample() {
    #expect(abs(h200.acceleratorWatts(.memory) - 516.838) < 1e-9)
    #expect(abs(h200.acceleratorWatts(.memory) + h200.surroundingWatts! - 1_186.838) < 1e-9)
    #expect(h200.acceleratorWatts(.compute) == 700)
    #expect(h200.acceleratorWatts(nil) == 77)
  }

  @Test(arguments: Bottleneck.allCases)
  func powerLiesBetweenIdleAndThermalDesign(bottleneck: Bottleneck) {
    #expect((77...700).contains(h200.acceleratorWatts(bottleneck)))
  }

  @Test func machineWithoutThermalDesignPowerHasNoPowerModel() throws {
    let unknown = try HardwareCatalogue.load(nameOrPath: "groq-3-lpx")
    #expect(PowerModel(unknown) == nil)
    #expect(PowerModel(try HardwareCatalogue.load(nameOrPath: "h200-sxm")) == h200)
  }

  @Test func everyAssumptionHasASource() {
    for assumption in PowerShares.all {
      #expect(!assumption.provenance.citation.isEmpty, "\(assumption.name)")
    }
  }
}

@Suite struct EnergyUseTests {
  private let times: [(bottleneck: Bottleneck?, seconds: Double)] = [
    (.compute, 4), (.memory, 5), (nil, 1),
  ]

  @Test func workedExample() throws {
    let model = PowerModel(thermalDesignWatts: 700, idleWatts: 77, systemWatts: 1_370)
    var use = EnergyUse()
    use.add(times: times, accelerators: 2, model: model)
    #expect(abs(use.acceleratorJoules - 10_922.38) < 1e-6)
    let system = try #require(use.informationTechnologyJoules)
    #expect(abs(system - use.acceleratorJoules - 13_400) < 1e-6)
    #expect(abs(try #require(use.facilityJoules) - 1.3 * system) < 1e-6)
  }

  /// Law L10: the mean power lies between idle and the thermal design power.
  @Test func meanPowerLiesBetweenIdleAndThermalDesign() {
    let model = PowerModel(thermalDesignWatts: 700, idleWatts: 77, systemWatts: nil)
    var use = EnergyUse()
    use.add(times: times, accelerators: 3, model: model)
    let seconds = times.reduce(0) { $0 + $1.seconds }
    #expect((77...700).contains(use.acceleratorJoules / seconds / 3))
    #expect(use.informationTechnologyJoules == nil)
    #expect(use.facilityJoules == nil)
  }

  /// What one machine's profile does not know is unknown for all of them.
  @Test func poolsAddUp() throws {
    let known = PowerModel(thermalDesignWatts: 700, idleWatts: 77, systemWatts: 1_370)
    let unknown = PowerModel(thermalDesignWatts: 500, idleWatts: 50, systemWatts: nil)
    var one = EnergyUse()
    one.add(times: times, accelerators: 2, model: known)
    var two = one
    two.add(times: times, accelerators: 2, model: known)
    #expect(two.acceleratorJoules == 2 * one.acceleratorJoules)
    #expect(two.informationTechnologyJoules == one.informationTechnologyJoules.map { 2 * $0 })
    two.add(times: times, accelerators: 1, model: unknown)
    #expect(two.acceleratorJoules > 2 * one.acceleratorJoules)
    #expect(two.facilityJoules == nil)
  }
}
