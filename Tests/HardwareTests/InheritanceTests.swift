import Diagnostics
import Hardware
import Testing

/// What a machine takes over from a relative that somebody measured.
struct InheritanceTests {
  private static let block = SampleProfile.text.firstRange(of: "efficiencies:\n")!.lowerBound
  private static let end = SampleProfile.text.firstRange(of: "scale_up:")!.lowerBound

  private static func text(_ section: String) -> String {
    String(SampleProfile.text[..<block]) + section + SampleProfile.text[end...]
  }

  private static let inherit =
    "efficiencies:\n  inherit: {from: h100-sxm, because: the same chip}\n"

  @Test func sharesOfPeaksAreTakenOverAsEstimates() throws {
    let profile = try HardwareProfile.read(text: Self.text(Self.inherit), file: "heir.yaml")
    let known = try HardwareCatalogue.load(nameOrPath: "h100-sxm")
    let own = try #require(profile.efficiency(of: .gemm, .bf16))
    let other = try #require(known.efficiency(of: .gemm, .bf16))
    #expect(own.compute == other.compute)
    #expect(own.memory == other.memory)
    #expect(own.floorSeconds == other.floorSeconds)
    #expect((own.status, other.status) == (.estimated, .fitted))
    #expect(own.residual == nil)
    #expect(own.provenance.citation == "profile `h100-sxm`: \(other.provenance.citation)")
    #expect(own.provenance.note == "as `h100-sxm`: the same chip")
    #expect(!profile.isTimed)
    // It stands among the figures where its section does.
    let paths = profile.provenances.map(\.path)
    let place = try #require(paths.firstIndex(of: "efficiencies.gemm.bf16"))
    #expect(paths[..<place].allSatisfy { $0.hasPrefix("accelerator") })
  }

  @Test func whatTheFileGivesItselfStandsBefore() throws {
    let own =
      Self.inherit + "  gemm:\n"
      + "    bf16: {status: measured, source: bench, compute: 0.5, floor: 3 us}\n"
    let profile = try HardwareProfile.read(text: Self.text(own), file: "heir.yaml")
    #expect(profile.efficiency(of: .gemm, .bf16)?.compute == 0.5)
    #expect(profile.efficiency(of: .gemm, .bf16)?.status == .measured)
    #expect(profile.efficiency(of: .gemm, .fp8)?.status == .estimated)
  }

  @Test func aShareOfAPeakThatTheChipLacksIsNotTakenOver() throws {
    let text = Self.text(Self.inherit).replacing(
      "    fp8: {value: 1979 TFLOP/s, status: datasheet, source: sheet}\n", with: "")
    let profile = try HardwareProfile.read(text: text, file: "heir.yaml")
    #expect(profile.efficiency(of: .gemm, .fp8) == nil)
    #expect(profile.efficiency(of: .attentionDecode, .fp8) != nil)
  }

  @Test func aGuessMayBeSaidToBeOne() throws {
    let text = Self.text(Self.inherit).replacing("{from", with: "{status: assumed, from")
    let profile = try HardwareProfile.read(text: text, file: "heir.yaml")
    #expect(profile.efficiency(of: .gemm, .bf16)?.status == .assumed)
  }

  private func problems(_ section: String) -> String {
    do {
      _ = try HardwareProfile.read(text: Self.text(section), file: "heir.yaml")
      return ""
    } catch {
      return (error as? InvalidInput)?.diagnostics.map(\.text).joined(separator: "\n") ?? ""
    }
  }

  @Test func anUnknownRelativeIsRefused() {
    #expect(
      problems(Self.inherit.replacing("h100-sxm", with: "h100-sxn")) == """
        error[hardware/unknown-relative]: `efficiencies.inherit.from` is not a machine that comes \
        with the program: h100-sxn
          --> heir.yaml:25:19  efficiencies.inherit.from
        hint: did you mean `h100-sxm`?
        """)
  }

  @Test func aRelativeMustNotInheritItself() {
    #expect(
      problems(Self.inherit.replacing("h100-sxm", with: "l4")) == """
        error[hardware/inherit]: `l4` inherits itself: `efficiencies.inherit.from`
          --> heir.yaml:25:19  efficiencies.inherit.from
        hint: inherit from the machine that it inherits from
        """)
  }

  @Test func collectivesAndExchangesAreTakenOver() throws {
    let profile = try HardwareCatalogue.load(nameOrPath: "h20-sxm")
    let known = try HardwareCatalogue.load(nameOrPath: "h100-sxm")
    let own = try #require(profile.scaleUp.curve(.allReduce, ranks: 8))
    #expect(own.lines == known.scaleUp.curve(.allReduce, ranks: 8)?.lines)
    #expect(own.measured.isEmpty)
    #expect(own.status == .estimated)
    #expect(
      profile.scaleUp.expertExchange?.latency.value
        == known.scaleUp.expertExchange?.latency.value)
    #expect(profile.scaleOut?.expertExchange?.bandwidth.status == .estimated)
  }

  @Test func aSourceThatNoFigureHasIsANote() throws {
    let text = SampleProfile.text.replacing(
      "  bench: Sample", with: "  other: A forum\n  bench: Sample")
    let profile = try HardwareProfile.read(text: text, file: "sample.yaml")
    #expect(
      profile.remarks.map(\.text) == [
        """
        note[hardware/unused-source]: no figure has the source `other`
          --> sample.yaml:9:10  sources.other
        hint: give it as a figure's `source`, or remove it
        """
      ])
  }
}
