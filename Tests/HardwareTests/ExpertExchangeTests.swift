import Hardware
import Testing

/// `expert_exchange` of both links: read like every other figure, and bounded by its link.
struct ExpertExchangeTests {
  private static let inside = """
      latency: {value: 1.5 us, status: assumed, source: bench}
      expert_exchange:
        latency: {value: 12 us, status: fitted, source: bench, note: "residual 0.1"}
        bandwidth: {value: 210 GB/s, status: fitted, source: bench, range: [180 GB/s, 250 GB/s]}

    """
  private static let across = """
      latency: {value: 5 us, status: assumed, source: bench}
      expert_exchange:
        latency: {value: 40 us, status: fitted, source: bench}
        bandwidth: {value: 45 GB/s, status: estimated, source: sheet}

    """
  private static let exchanges = [
    (old: "  latency: {value: 1.5 us, status: assumed, source: bench}\n", new: inside),
    (old: "  latency: {value: 5 us, status: assumed, source: bench}\n", new: across),
  ]

  private static func text(_ replacements: [(old: String, new: String)]) -> String {
    replacements.reduce(SampleProfile.text) { $0.replacing($1.old, with: $1.new) }
  }

  @Test func bothLinksHaveOne() throws {
    let plain = try SampleProfile.read()
    #expect(plain.scaleUp.expertExchange == nil && plain.scaleOut?.expertExchange == nil)
    let profile = try SampleProfile.read(Self.text(Self.exchanges))
    let inside = try #require(profile.scaleUp.expertExchange)
    #expect(inside.latency.value == 12e-6 && inside.latency.note == "residual 0.1")
    #expect(inside.bandwidth.value == 210e9 && inside.bandwidth.status == .fitted)
    #expect(inside.bandwidth.low == 180e9 && inside.bandwidth.high == 250e9)
    let across = try #require(profile.scaleOut?.expertExchange)
    #expect(across.latency.text == "40 us" && across.bandwidth.value == 45e9)
    #expect(across.bandwidth.status == .estimated)
  }

  @Test func itsFiguresAreListed() throws {
    let profile = try SampleProfile.read(Self.text(Self.exchanges))
    let expected = [
      "scale_up.expert_exchange.latency", "scale_up.expert_exchange.bandwidth",
      "scale_out.expert_exchange.latency", "scale_out.expert_exchange.bandwidth",
    ]
    #expect(profile.figures.map(\.path).filter { $0.contains("expert_exchange") } == expected)
    #expect(profile.provenances.map(\.path).filter { $0.contains("expert_exchange") } == expected)
  }

  @Test func bothFiguresAreNeeded() {
    let empty = "latency: {value: 5 us, status: assumed, source: bench}\n  expert_exchange: {}\n"
    SampleProfile.expect(
      "latency: {value: 5 us, status: assumed, source: bench}\n", empty,
      """
      error[hardware/missing-key]: missing key `scale_out.expert_exchange.latency`
        --> sample.yaml:52:20  scale_out.expert_exchange
      error[hardware/missing-key]: missing key `scale_out.expert_exchange.bandwidth`
        --> sample.yaml:52:20  scale_out.expert_exchange
      """)
    let misspelt = Self.inside.replacing("bandwidth:", with: "bandwith:")
    SampleProfile.expect(
      Self.exchanges[0].old, misspelt,
      """
      error[hardware/missing-key]: missing key `scale_up.expert_exchange.bandwidth`
        --> sample.yaml:41:5  scale_up.expert_exchange
      error[hardware/unknown-key]: unknown key `scale_up.expert_exchange.bandwith`
        --> sample.yaml:42:5
      hint: did you mean `bandwidth`?
      """)
  }

  @Test func figuresHaveTheUnitsOfLinks() {
    SampleProfile.expect(
      Self.exchanges[0].old, Self.inside.replacing("12 us", with: "12 GB"),
      """
      error[hardware/wrong-unit]: `scale_up.expert_exchange.latency.value` has the wrong unit: `GB`
        --> sample.yaml:41:22  scale_up.expert_exchange.latency.value
        note: `GB` is a unit of bytes
      hint: accepted units: `s`, `ms`, `us`, `ns`, `min` or `h`
      """)
  }

  @Test func noExchangeBeatsItsLink() {
    SampleProfile.expect(
      Self.exchanges[0].old,
      Self.inside.replacing("210 GB/s", with: "451 GB/s").replacing("250 GB/s", with: "451 GB/s"),
      """
      error[hardware/faster-than-links]: `scale_up.expert_exchange.bandwidth` must be at most the \
      link's 450 GB/s: 451 GB/s
        --> sample.yaml:42:16  scale_up.expert_exchange.bandwidth
      hint: give bytes that leave the accelerator over time, in one direction
      """)
    SampleProfile.expect(
      Self.exchanges[1].old, Self.across.replacing("45 GB/s", with: "58 GB/s"),
      """
      error[hardware/faster-than-links]: `scale_out.expert_exchange.bandwidth` must be at most the \
      link's 50 GB/s: 58 GB/s
        --> sample.yaml:54:16  scale_out.expert_exchange.bandwidth
      hint: give bytes that leave the accelerator over time, in one direction
      """)
    #expect(
      SampleProfile.problems([
        (Self.exchanges[1].old, Self.across.replacing("45 GB/s", with: "50 GB/s"))
      ]) == [])
  }

  @Test func aMachineOfOneExchangesNothing() throws {
    var text = SampleProfile.text
    let start = try #require(text.firstRange(of: "scale_up:")).lowerBound
    let end = try #require(text.firstRange(of: "scale_out:")).lowerBound
    let exchange = Self.inside.split(separator: "\n").dropFirst().joined(separator: "\n")
    text.replaceSubrange(
      start..<end, with: "scale_up:\n  domain: 1\n  topology: none\n\(exchange)\n")
    #expect(
      SampleProfile.problems(of: text) == [
        """
        error[hardware/no-links]: `scale_up.expert_exchange` needs links, and `topology` is `none`
          --> sample.yaml:39:5  scale_up.expert_exchange
        """
      ])
  }
}
