import Hardware
import OperatorCosts
import Testing

@testable import Economics

@Suite struct PowerModelTests {
  private let h200 = PowerModel.sample(system: 1_370)

  @Test func workedExample() {
    let load = AcceleratorLoad(compute: 0.04, memory: 0.5)
    #expect(abs(h200.acceleratorWatts(load) - 518.5) < 1e-9)
    #expect(abs(h200.acceleratorWatts(load) + h200.surroundingWatts! - 1_188.5) < 1e-9)
    #expect(h200.acceleratorWatts(.full) == 700)
    #expect(h200.acceleratorWatts(nil) == 77)
  }

  @Test(arguments: [0, 0.01, 0.2, 1], [0, 0.1, 0.5, 1])
  func powerLiesBetweenIdleAndThermalDesign(compute: Double, memory: Double) {
    let watts = h200.acceleratorWatts(AcceleratorLoad(compute: compute, memory: memory))
    #expect((77...700).contains(watts))
    // More work never draws less.
    let more = AcceleratorLoad(compute: min(1, compute + 0.1), memory: min(1, memory + 0.1))
    #expect(h200.acceleratorWatts(more) >= watts)
  }

  @Test func machineWithoutThermalDesignPowerHasNoPowerModel() throws {
    let unknown = try HardwareCatalogue.load(nameOrPath: "groq-3-lpx")
    #expect(PowerModel(unknown) == nil)
    #expect(PowerModel(try HardwareCatalogue.load(nameOrPath: "h200-sxm")) == h200)
  }

  /// What nobody measured is a share of what is known, and is said.
  @Test func machinesWithoutMeasurementsHaveShares() throws {
    let card = try HardwareCatalogue.load(nameOrPath: "l40s")
    let model = try #require(PowerModel(card))
    let range = model.thermalDesignWatts - model.idleWatts
    #expect(abs(model.activeWatts - 0.15 * range) < 1e-9)
    #expect(model.computeWatts == range)
    #expect(abs(model.memoryWatts - 0.864e12 * 105e-12) < 1e-9)
    #expect(PowerAssumptions.standingIn(for: card).count == 3)
    let known = try HardwareCatalogue.load(nameOrPath: "b200-sxm")
    #expect(PowerAssumptions.standingIn(for: known).isEmpty)
  }

  /// The same bytes take the same energy on every machine that was measured.
  @Test(arguments: ["h100-sxm", "h200-sxm", "b200-sxm", "mi325x", "mi355x"])
  func bytesTakeTheSameEverywhere(name: String) throws {
    let machine = try HardwareCatalogue.load(nameOrPath: name)
    let model = try #require(PowerModel(machine))
    let perByte = model.memoryWatts / machine.accelerator.memory[0].bandwidth.value
    #expect(abs(perByte - 105.3e-12) < 0.2e-12)
  }

  @Test func everyAssumptionHasASource() {
    for assumption in PowerAssumptions.all {
      #expect(!assumption.provenance.citation.isEmpty, "\(assumption.name)")
    }
  }

  @Test func workIsAShareOfWhatThePeaksWouldDo() throws {
    var work = PartCost()
    (work.peakSeconds, work.bytes) = (0.5, 4e12)
    let load = try #require(AcceleratorLoad(work, busySeconds: 10, bandwidth: 2e12))
    #expect(load == AcceleratorLoad(compute: 0.05, memory: 0.2))
    #expect(AcceleratorLoad(work, busySeconds: 0, bandwidth: 2e12) == nil)
  }
}

extension PowerModel {
  fileprivate static func sample(system: Double?) -> PowerModel {
    PowerModel(
      thermalDesignWatts: 700, idleWatts: 77, activeWatts: 75, computeWatts: 570,
      memoryWatts: 505, systemWatts: system)
  }
}

@Suite struct EnergyUseTests {
  private let load = AcceleratorLoad(compute: 0.04, memory: 0.5)

  private func add(_ model: PowerModel, accelerators: Int, to use: inout EnergyUse) {
    use.add(
      load: load, busySeconds: 9, idleSeconds: 1, accelerators: accelerators, model: model)
  }

  @Test func workedExample() throws {
    var use = EnergyUse()
    add(.sample(system: 1_370), accelerators: 2, to: &use)
    #expect(abs(use.acceleratorJoules - 9_487) < 1e-6)
    let system = try #require(use.informationTechnologyJoules)
    #expect(abs(system - use.acceleratorJoules - 13_400) < 1e-6)
    #expect(abs(try #require(use.facilityJoules) - 1.3 * system) < 1e-6)
  }

  /// Law L10: the mean power lies between idle and the thermal design power.
  @Test func meanPowerLiesBetweenIdleAndThermalDesign() {
    var use = EnergyUse()
    add(.sample(system: nil), accelerators: 3, to: &use)
    #expect((77...700).contains(use.acceleratorJoules / 10 / 3))
    #expect(use.informationTechnologyJoules == nil)
    #expect(use.facilityJoules == nil)
  }

  /// What one machine's profile does not know is unknown for all of them.
  @Test func poolsAddUp() throws {
    var one = EnergyUse()
    add(.sample(system: 1_370), accelerators: 2, to: &one)
    var two = one
    add(.sample(system: 1_370), accelerators: 2, to: &two)
    #expect(two.acceleratorJoules == 2 * one.acceleratorJoules)
    #expect(two.informationTechnologyJoules == one.informationTechnologyJoules.map { 2 * $0 })
    add(.sample(system: nil), accelerators: 1, to: &two)
    #expect(two.acceleratorJoules > 2 * one.acceleratorJoules)
    #expect(two.facilityJoules == nil)
  }
}
