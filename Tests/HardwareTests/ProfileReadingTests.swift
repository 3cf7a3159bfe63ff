import Diagnostics
import Hardware
import Testing
import Units

struct ProfileReadingTests {
  @Test func everySectionIsRead() throws {
    let profile = try SampleProfile.read()
    #expect(profile.name == "sample")
    #expect(profile.title == "Sample accelerator")
    #expect(profile.vendor == "Nobody")
    #expect(profile.kind == .gpu)
    #expect(profile.release.state == .shipping)
    #expect(profile.release.date == "2024-06")
    #expect(profile.release.note == "first samples")
    #expect(profile.accelerator.peak[.bf16]?.value == 989e12)
    #expect(profile.accelerator.peak[.fp4] == nil)
    #expect(profile.accelerator.memory.map(\.name) == ["hbm"])
    #expect(profile.accelerator.memory[0].technology == "HBM3e")
    #expect(profile.accelerator.memory[0].capacity.value == 141e9)
    #expect(profile.accelerator.power?.thermalDesignPower?.value == 700)
    #expect(profile.accelerator.power?.idle?.value == 80.3)
    #expect(profile.accelerator.processors == 132)
    #expect(profile.scaleUp.domain == 8)
    #expect(profile.scaleUp.topology == .switched)
    #expect(profile.scaleUp.bandwidth?.value == 450e9)
    #expect(profile.scaleUp.latency?.value == 1.5e-6)
    #expect(profile.scaleOut?.bandwidth.value == 50e9)
    #expect(profile.hostLinkBandwidth?.value == 64e9)
    #expect(profile.systemPowerPerAccelerator?.value == 1370)
    #expect(profile.price(.rental)?.figure.value == 2.05)
    #expect(profile.price(.owned) == nil)
    #expect(profile.lpu == nil)
  }

  @Test func aFigureCarriesItsProvenance() throws {
    let profile = try SampleProfile.read()
    let bandwidth = profile.accelerator.memory[0].bandwidth
    #expect(bandwidth.value == 4.8e12)
    #expect(bandwidth.dimension == .bytesPerSecond)
    #expect(bandwidth.text == "4.8 TB/s")
    #expect(bandwidth.status == .datasheet)
    #expect(bandwidth.source == "sheet")
    #expect(bandwidth.citation == "Sample datasheet, 2024")
    #expect(bandwidth.low == 4.5e12 && bandwidth.high == 4.8e12)
    #expect(bandwidth.date == nil && bandwidth.note == nil)
    let rental = try #require(profile.price(.rental)?.figure)
    #expect(rental.date == "2026-07" && rental.note == "on demand" && rental.low == nil)
  }

  @Test func efficienciesAreFoundByClassAndArithmetic() throws {
    let profile = try SampleProfile.read()
    let gemm = try #require(profile.efficiency(of: .gemm, .bf16))
    #expect(gemm.compute == 0.77 && gemm.memory == 0.82 && gemm.residual == 0.1)
    #expect(abs(gemm.floorSeconds - 2.6e-6) < 1e-20)
    #expect(gemm.status == .fitted && gemm.provenance.citation == "Sample benchmark, 2025")
    #expect(profile.efficiency(of: .attentionDecode, .bf16)?.compute == nil)
    #expect(profile.efficiency(of: .moe, .bf16) == nil)
    #expect(profile.efficiencies.arithmetics(of: .gemm) == [.bf16, .fp8Block])
  }

  @Test func figuresAndProvenancesKeepTheOrderOfTheFile() throws {
    let expected = [
      "accelerator.peak.bf16", "accelerator.peak.fp8", "accelerator.memory.0.capacity",
      "accelerator.memory.0.bandwidth", "accelerator.power.tdp", "accelerator.power.idle",
      "scale_up.bandwidth", "scale_up.latency", "scale_out.bandwidth", "scale_out.latency",
      "host_link.bandwidth", "system.power_per_accelerator", "prices.rental",
    ]
    let profile = try SampleProfile.read()
    #expect(profile.figures.map(\.path) == expected)
    #expect(profile.provenances.count == expected.count + 5 + 2)
    let paths = profile.provenances.map(\.path)
    let gemm = try #require(paths.firstIndex(of: "efficiencies.gemm.bf16"))
    #expect(paths[gemm - 1] == "accelerator.power.idle")

    let memoryFirst = try SampleProfile.read(
      SampleProfile.text.replacing("  peak:\n", with: "  power: {}\n  peak:\n", maxReplacements: 1)
        .replacing(
          "  power:\n    tdp: {value: 700 W, status: datasheet, source: sheet}\n"
            + "    idle: {value: 80.3 W, status: measured, source: bench, note: no context}\n",
          with: ""
        )
        .replacing(
          "power: {}",
          with: "power: {idle: {value: 9 W, status: measured, source: bench}, "
            + "tdp: {value: 700 W, status: datasheet, source: sheet}}"))
    #expect(
      memoryFirst.figures.prefix(3).map(\.path) == [
        "accelerator.power.idle", "accelerator.power.tdp", "accelerator.peak.bf16",
      ])
  }

  @Test func overridesApplyBeforeReading() throws {
    let profile = try SampleProfile.read(set: "accelerator.memory.0.bandwidth.range=~")
    #expect(profile.accelerator.memory[0].bandwidth.low == nil)
    let faster = try SampleProfile.read(set: "accelerator.peak.bf16.value=2 PFLOP/s")
    #expect(faster.accelerator.peak[.bf16]?.value == 2e15)
    #expect(faster.figures[0].path == "accelerator.peak.bf16")
    do {
      _ = try SampleProfile.read(set: "accelerator.peak.bf16.value=2 PB")
      Issue.record("a wrong unit was read")
    } catch let error as InvalidInput {
      #expect(
        error.diagnostics.map(\.text) == [
          """
          error[hardware/wrong-unit]: `accelerator.peak.bf16.value` has the wrong unit: `PB`
            --> --set accelerator.peak.bf16.value=2 PB  accelerator.peak.bf16.value
          hint: accepted units: `GFLOP/s`, `TFLOP/s` or `PFLOP/s`
          """
        ])
    }
  }

  @Test func aMachineOfOneNeedsNoLinks() throws {
    var text = SampleProfile.text
    let start = try #require(text.firstRange(of: "scale_up:")).lowerBound
    let end = try #require(text.firstRange(of: "scale_out:")).lowerBound
    text.replaceSubrange(start..<end, with: "scale_up: {domain: 1, topology: none}\n")
    let profile = try SampleProfile.read(text)
    #expect(profile.scaleUp.bandwidth == nil && profile.scaleUp.collectives.isEmpty)
  }

  @Test func anLPUNeedsNoEfficiencies() throws {
    var text = SampleProfile.text.replacing("kind: gpu", with: "kind: lpu")
    let start = try #require(text.firstRange(of: "efficiencies:")).lowerBound
    let end = try #require(text.firstRange(of: "scale_up:")).lowerBound
    text.replaceSubrange(
      start..<end,
      with: "lpu: {layer_latency: {value: 41 us, status: estimated, source: bench}}\n")
    let profile = try SampleProfile.read(text)
    #expect(profile.lpu?.layerLatency?.value == 41e-6)
    #expect(profile.lpu?.hopLatency == nil)
    #expect(profile.efficiency(of: .gemm, .bf16) == nil)
  }
}

struct StatusTests {
  @Test func theWeakestIsTheLeastFirmlyKnown() {
    #expect(Status.allCases == Status.allCases.sorted())
    #expect(Status.weakest(.measured, .fitted, .datasheet) == .fitted)
    #expect(Status.weakest(.assumed) == .assumed)
    #expect(Status.weakest([.estimated, .measured]) == .estimated)
    #expect(Status.weakest([]) == nil)
  }
}
