import Testing

/// Sources, several problems at once, and files that are no profiles.
struct ProfileFileTests {
  @Test func sourcesAreListedAndUsed() {
    SampleProfile.expect(
      "status: measured, source: bench, note", "status: measured, source: bnech, note",
      """
      error[hardware/unknown-source]: `accelerator.power.idle.source` is not listed under \
      `sources`: bnech
        --> sample.yaml:22:53  accelerator.power.idle.source
      hint: did you mean `bench`?
      """)
    SampleProfile.expect(
      "status: measured, source: bench, note", "status: measured, source: press, note",
      """
      error[hardware/unknown-source]: `accelerator.power.idle.source` is not listed under \
      `sources`: press
        --> sample.yaml:22:53  accelerator.power.idle.source
        note: listed: bench, sheet
      hint: add it under `sources` with its citation
      """)
    SampleProfile.expect(
      "  sheet: Sample datasheet, 2024\n", "  sheet: ''\n",
      """
      error[hardware/empty-text]: `sources.sheet` must not be empty
        --> sample.yaml:8:10  sources.sheet
      """)
  }

  // MARK: Whole files

  @Test func severalProblemsComeAtOnceInFileOrder() {
    let found = SampleProfile.problems([
      ("vendor: Nobody", "vender: Nobody"), ("989 TFLOP/s", "989 GB"), ("80.3 W", "800 W"),
      ("domain: 8", "domain: eight"), ("2.05 USD/h", "2.05 EUR/h"),
    ])
    #expect(
      found == [
        """
        error[hardware/missing-key]: missing key `vendor`
          --> sample.yaml:1:1
        """,
        """
        error[hardware/unknown-key]: unknown key `vender`
          --> sample.yaml:4:1
        hint: did you mean `vendor`?
        """,
        """
        error[hardware/wrong-unit]: `accelerator.peak.bf16.value` has the wrong unit: `GB`
          --> sample.yaml:12:19  accelerator.peak.bf16.value
          note: `GB` is a unit of bytes
        hint: accepted units: `GFLOP/s`, `TFLOP/s` or `PFLOP/s`
        """,
        """
        error[hardware/idle-power]: `accelerator.power.idle` must be below `tdp`, 700 W: 800 W
          --> sample.yaml:22:11  accelerator.power.idle
        """,
        """
        error[hardware/wrong-type]: `scale_up.domain` must be a whole number: eight
          --> sample.yaml:36:11  scale_up.domain
        """,
        """
        error[hardware/wrong-unit]: `prices.rental.value` has the wrong unit: `EUR/h`
          --> sample.yaml:57:19  prices.rental.value
        hint: accepted units: `USD/h`
        """,
      ])
  }

  @Test func filesThatAreNoProfilesSaySo() {
    #expect(
      SampleProfile.problems(of: "") == [
        """
        error[hardware/empty]: the file is empty
          --> sample.yaml
        """
      ])
    #expect(
      SampleProfile.problems(of: "a: [1") == [
        """
        error[hardware/syntax]: not valid YAML: did not find expected ',' or ']'
          --> sample.yaml:2:1
        """
      ])
    #expect(
      SampleProfile.problems(of: "hello") == [
        """
        error[hardware/wrong-type]: the file must be a mapping of keys: hello
          --> sample.yaml:1:1
        """
      ])
    #expect(
      SampleProfile.problems(of: SampleProfile.text + "vendor: Somebody\n") == [
        """
        error[hardware/duplicate-key]: key is given twice: `vendor`
          --> sample.yaml:58:1
          note: first given in line 4
        """
      ])
  }

  @Test func aliasBombsInKnownPlacesDoNotHang() {
    var bomb = "sources: &a0 [1, 1]\n"
    for level in 1...15 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    bomb += "accelerator: {memory: *a15, peak: *a15}\nefficiencies: *a15\nprices: *a15\n"
    #expect(SampleProfile.problems(of: "schema: windtunnel/hardware/1\n" + bomb).count > 25)
  }

  /// Seeded damage: whatever a text becomes, it is read or refused, and never crashes the reader.
  @Test func noDamageCrashesTheReader() {
    var state: UInt64 = 20_260_701
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let scraps = [
      "", ":", "{", "}", "[", "]", "~", "-", "\n", " ", "*", "&a ", "0", "1e9", "\"", "é",
    ]
    let sound = Array(SampleProfile.text)
    for _ in 0..<300 {
      var text = sound
      for _ in 0...draw(4) {
        let start = draw(text.count)
        let end = min(text.count, start + draw(12))
        text.replaceSubrange(start..<end, with: Array(scraps[draw(scraps.count)]))
      }
      for problem in SampleProfile.problems(of: String(text)) {
        #expect(problem.hasPrefix("error[hardware/"), "\(String(text))")
      }
    }
  }
}
