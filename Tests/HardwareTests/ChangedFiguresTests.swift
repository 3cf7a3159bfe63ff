import Diagnostics
import Hardware
import Testing

/// A machine with a figure changed for one question.
struct ChangedFiguresTests {
  @Test func aFigureIsNamedByTheEndOfItsPath() throws {
    let profile = try HardwareCatalogue.load(
      nameOrPath: "h200-sxm,memory.bandwidth=5 TB/s,tdp=600 W")
    #expect(profile.accelerator.memory[0].bandwidth.value == 5e12)
    #expect(profile.accelerator.memory[0].bandwidth.status == .assumed)
    #expect(profile.accelerator.power?.thermalDesignPower?.value == 600)
    #expect(profile.name == "h200-sxm,memory.bandwidth=5 TB/s,tdp=600 W")
    let plain = try HardwareCatalogue.load(nameOrPath: "h200-sxm")
    #expect(profile.accelerator.peak == plain.accelerator.peak)
  }

  @Test func aListKeepsChangesWithTheirMachine() {
    #expect(
      HardwareCatalogue.list("h200-sxm,memory.bandwidth=5 TB/s,tdp=600 W,b200-sxm") == [
        "h200-sxm,memory.bandwidth=5 TB/s,tdp=600 W", "b200-sxm",
      ])
  }

  private func problems(_ name: String) -> String {
    do {
      _ = try HardwareCatalogue.load(nameOrPath: name)
      return ""
    } catch {
      return (error as? InvalidInput)?.diagnostics.map(\.text).joined(separator: "\n") ?? "\(error)"
    }
  }

  @Test func whatIsNoFigureOfTheMachineIsRefusedAllAtOnce() {
    #expect(
      problems("h200-sxm,memory.bandwith=5 TB/s,bandwidth=1 TB/s") == """
        error[hardware/unknown-figure]: `h200-sxm` has no figure `memory.bandwith`
          --> h200-sxm,memory.bandwith=5 TB/s,bandwidth=1 TB/s
          note: its figures: `windtunnel show hardware h200-sxm`
        error[hardware/unknown-figure]: `h200-sxm` has several figures `bandwidth`
          --> h200-sxm,memory.bandwith=5 TB/s,bandwidth=1 TB/s
          note: one of `accelerator.memory.0.bandwidth`, `scale_up.bandwidth`, \
        `scale_up.expert_exchange.bandwidth`, `scale_out.bandwidth`, \
        `scale_out.expert_exchange.bandwidth`, `host_link.bandwidth`
        """)
  }

  @Test func aValueIsHeldToItsUnit() {
    #expect(
      problems("h200-sxm,memory.bandwidth=5 TB") == """
        error[hardware/wrong-unit]: `accelerator.memory.0.bandwidth.value` has the wrong unit: `TB`
          --> h200-sxm,memory.bandwidth=5 TB  accelerator.memory.0.bandwidth.value
          note: `TB` is a unit of bytes
        hint: accepted units: `B/s`, `kB/s`, `MB/s`, `GB/s`, `TB/s` or `PB/s`
        """)
  }

  /// A price that is typed is one of now; in a file it says of when it is.
  @Test func aPriceNeedsNoDate() throws {
    let profile = try HardwareCatalogue.load(nameOrPath: "h200-sxm,prices.rental=9 USD/h")
    let price = profile.prices.first { $0.basis == .rental }
    #expect(price?.figure.value == 9 && price?.figure.date == nil)
    #expect(price?.figure.provenance.status == .assumed)
  }
}
