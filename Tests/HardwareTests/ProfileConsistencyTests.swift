import Testing

/// Values that are sound alone and contradict each other.
struct ProfileConsistencyTests {
  @Test func idlePowerIsBelowTheLimit() {
    SampleProfile.expect(
      "80.3 W", "0.7 kW",
      """
      error[hardware/idle-power]: `accelerator.power.idle` must be below `tdp`, 700 W: 0.7 kW
        --> sample.yaml:22:11  accelerator.power.idle
      """)
  }

  @Test func aShareOfAPeakNeedsThePeak() {
    SampleProfile.expect(
      "    fp8: {value: 1979 TFLOP/s, status: datasheet, source: sheet}\n", "",
      """
      error[hardware/no-such-peak]: `efficiencies.gemm.fp8_block.compute` is a share of a peak \
      that is not given: `accelerator.peak.fp8`
        --> sample.yaml:27:16  efficiencies.gemm.fp8_block
      """)
  }

  @Test func aMachineHasPeaksMemoryAndWork() {
    SampleProfile.expect(
      "compute: 0.55, floor", "floor",
      """
      error[hardware/no-efficiency]: `efficiencies.attention_prefill.bf16` must give `compute`, \
      `memory` or both
        --> sample.yaml:30:11  efficiencies.attention_prefill.bf16
      """)
    SampleProfile.expect(
      "    bf16: {value: 989 TFLOP/s, status: datasheet, source: sheet}\n"
        + "    fp8: {value: 1979 TFLOP/s, status: datasheet, source: sheet}\n", "    {}\n",
      """
      error[hardware/no-peak]: `accelerator.peak` must give at least one peak
        --> sample.yaml:12:5  accelerator.peak
        note: known: bf16, fp8, int8, fp4
      """)
    SampleProfile.expect(
      "  attention_decode:\n    bf16: {status: fitted, source: bench, memory: 0.74, floor: 8 us}",
      "  attention_decode:\n    bf16: ~",
      """
      error[hardware/missing-key]: missing key `efficiencies.attention_decode.bf16`
        --> sample.yaml:32:5  efficiencies.attention_decode
        note: every gpu needs it
      """)
    SampleProfile.expect(
      "    bf16: {value: 989 TFLOP/s, status: datasheet, source: sheet}\n", "",
      """
      error[hardware/missing-key]: missing key `accelerator.peak.bf16`
        --> sample.yaml:12:5  accelerator.peak
        note: every gpu needs it
      """)
    SampleProfile.expect(
      "lines: [{latency: 4 us, bandwidth: 227 GB/s}]", "lines: []",
      """
      error[hardware/no-lines]: `scale_up.collectives.all_reduce.1.lines` must list at least one \
      line
        --> sample.yaml:48:58  scale_up.collectives.all_reduce.1.lines
      """)
  }

  @Test func collectivesStayInsideTheDomain() {
    SampleProfile.expect(
      "ranks: 8", "ranks: 16",
      """
      error[hardware/too-many-ranks]: `scale_up.collectives.all_reduce.0.ranks` must be at most \
      the domain's 8: 16
        --> sample.yaml:42:16  scale_up.collectives.all_reduce.0.ranks
      """)
    SampleProfile.expect(
      "ranks: 4", "ranks: 8",
      """
      error[hardware/duplicate-ranks]: `scale_up.collectives.all_reduce` has two curves for 8 ranks
        --> sample.yaml:48:9  scale_up.collectives.all_reduce.1
      """)
  }

  @Test func onlyADomainOfOneHasNoTopology() {
    SampleProfile.expect(
      "topology: switched", "topology: none",
      """
      error[hardware/topology]: `scale_up.topology` must join a domain of 8: none
        --> sample.yaml:37:13  scale_up.topology
      """)
    SampleProfile.expect(
      "domain: 8", "domain: 1",
      """
      error[hardware/topology]: `scale_up.topology` must be `none` for a domain of 1: switched
        --> sample.yaml:37:13  scale_up.topology
      error[hardware/too-many-ranks]: `scale_up.collectives.all_reduce.0.ranks` must be at most \
      the domain's 1: 8
        --> sample.yaml:42:16  scale_up.collectives.all_reduce.0.ranks
      error[hardware/too-many-ranks]: `scale_up.collectives.all_reduce.1.ranks` must be at most \
      the domain's 1: 4
        --> sample.yaml:48:17  scale_up.collectives.all_reduce.1.ranks
      """)
  }

  @Test func onlyAnLPUHasLPULatencies() {
    SampleProfile.expect(
      "host_link:", "lpu: {}\nhost_link:",
      """
      error[hardware/not-an-lpu]: `lpu` is for profiles of `kind: lpu` only
        --> sample.yaml:52:6  lpu
      """)
  }

  @Test func noCollectiveBeatsItsLinks() {
    SampleProfile.expect(
      "255 GB/s", "460 GB/s",
      """
      error[hardware/faster-than-links]: `scale_up.collectives.all_reduce.0.lines.1.bandwidth` \
      must be at most 450 GB/s: 460 GB/s
        --> sample.yaml:46:56  scale_up.collectives.all_reduce.0.lines.1
        note: a rank moves 1.00 bytes per byte of payload over 450 GB/s per direction
      hint: give payload bytes over time, not the bus bandwidth or the sum of both directions
      """)
    #expect(SampleProfile.problems(replacing: "255 GB/s", with: "450 GB/s") == [])
    let pcie = ("topology: switched", "topology: pcie")
    let link = ("450 GB/s", "64 GB/s")
    let slow = ("227 GB/s", "53 GB/s")
    let small = ("90 GB/s", "9 GB/s")
    #expect(SampleProfile.problems([pcie, link, slow, small, ("255 GB/s", "45.7 GB/s")]) == [])
    #expect(
      SampleProfile.problems([pcie, link, slow, small, ("255 GB/s", "45.8 GB/s")]) == [
        """
        error[hardware/faster-than-links]: `scale_up.collectives.all_reduce.0.lines.1.bandwidth` \
        must be at most 45.7 GB/s: 45.8 GB/s
          --> sample.yaml:46:55  scale_up.collectives.all_reduce.0.lines.1
          note: a rank moves 1.75 bytes per byte of payload over 64 GB/s per direction, with an \
        allowance of 1.25
        hint: give payload bytes over time, not the bus bandwidth or the sum of both directions
        """
      ])
    #expect(
      SampleProfile.problems([
        ("all_reduce:", "all_to_all:"), ("255 GB/s", "520 GB/s"),
      ]) == [
        """
        error[hardware/faster-than-links]: `scale_up.collectives.all_to_all.0.lines.1.bandwidth` \
        must be at most 514 GB/s: 520 GB/s
          --> sample.yaml:46:56  scale_up.collectives.all_to_all.0.lines.1
          note: a rank moves 0.875 bytes per byte of payload over 450 GB/s per direction
        hint: give payload bytes over time, not the bus bandwidth or the sum of both directions
        """
      ])
  }
}
