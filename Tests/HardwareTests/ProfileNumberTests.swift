import Hardware
import Testing

@Suite struct ProfileNumberTests {
  /// Whatever a type of the profile gets in future: what no price is made of is named here.
  @Test(arguments: HardwareCatalogue.names) func everyNumberCanGetWorse(_ name: String) throws {
    let machine = try HardwareCatalogue.load(nameOrPath: name)
    let worse = machine.worse(by: 0.5, at: machine.numbers.indices)
    let before = Self.numbers(of: machine)
    let after = Self.numbers(of: worse)
    #expect(before.count == after.count)
    for ((path, old), (_, new)) in zip(before, after) where old != 0 && old == new {
      let isPriced = !["low", "high", "residual", "measured", "record"].contains {
        path.contains($0)
      }
      #expect(!isPriced, "\(path) \(old)")
    }
  }

  @Test func ratesGetSmallerAndTimesLarger() throws {
    let machine = try HardwareCatalogue.load(nameOrPath: "h200-sxm")
    let worse = machine.worse(by: 0.1, at: machine.numbers.indices)
    #expect(worse.accelerator.memory[0].bandwidth.value == 4.8e12 * 0.9)
    #expect(
      worse.scaleUp.latency?.value == machine.scaleUp.latency.map { $0.value * 1.1 })
    let (old, new) = (
      machine.efficiency(of: .attentionDecode, .bf16), worse.efficiency(of: .attentionDecode, .bf16)
    )
    #expect(new?.floorSeconds == old.map { $0.floorSeconds * 1.1 })
    #expect(new?.memory == old?.memory.map { $0 * 0.9 })
  }

  @Test func pathsThatMakeADifferenceAreFound() throws {
    let machine = try HardwareCatalogue.load(nameOrPath: "h200-sxm")
    let found = machine.paths {
      $0.accelerator.memory[0].bandwidth != machine.accelerator.memory[0].bandwidth
        || $0.scaleOut?.latency != machine.scaleOut?.latency
    }
    #expect(found == ["accelerator.memory.0.bandwidth", "scale_out.latency"])
    #expect(machine.paths { _ in false }.isEmpty)
  }

  /// Every number inside, with the names on the way to it.
  private static func numbers(of value: Any, at path: String = "") -> [(String, Double)] {
    if let number = value as? Double { return [(path, number)] }
    if let peaks = value as? [Arithmetic: Figure] {
      return Arithmetic.allCases.flatMap { format in
        peaks[format].map { numbers(of: $0, at: "\(path).\(format)") } ?? []
      }
    }
    return Mirror(reflecting: value).children.enumerated().flatMap { index, child in
      numbers(of: child.value, at: "\(path).\(child.label ?? String(index))")
    }
  }
}
