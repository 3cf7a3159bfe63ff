import Testing

/// One broken line each, and the message to the letter.
struct ProfileValidationTests {
  @Test func theSampleIsSound() {
    #expect(SampleProfile.problems(of: SampleProfile.text) == [])
  }

  // MARK: Keys

  @Test func unknownKeysAreSuggested() {
    SampleProfile.expect(
      "  processors: 132", "  procesors: 132",
      """
      error[hardware/unknown-key]: unknown key `accelerator.procesors`
        --> sample.yaml:23:3
      hint: did you mean `processors`?
      """)
    SampleProfile.expect(
      "note: no context", "notes: no context",
      """
      error[hardware/unknown-key]: unknown key `accelerator.power.idle.notes`
        --> sample.yaml:22:60
      hint: did you mean `note`?
      """)
    SampleProfile.expect(
      "  elementwise:", "  element_wise:",
      """
      error[hardware/missing-key]: missing key `efficiencies.elementwise.bf16`
        --> sample.yaml:25:3  efficiencies
        note: every gpu needs it
      error[hardware/unknown-key]: unknown key `efficiencies.element_wise`
        --> sample.yaml:33:3
      hint: did you mean `elementwise`?
      """)
    SampleProfile.expect(
      "    fp8_block:", "    fp8_blck:",
      """
      error[hardware/unknown-key]: unknown key `efficiencies.gemm.fp8_blck`
        --> sample.yaml:28:5
      hint: did you mean `fp8_block`?
      """)
    SampleProfile.expect(
      "host_link:", "hostlink:",
      """
      error[hardware/unknown-key]: unknown key `hostlink`
        --> sample.yaml:52:1
      hint: did you mean `host_link`?
      """)
    SampleProfile.expect(
      "bf16: {status: estimated", "w4a8: {status: estimated",
      """
      error[hardware/unknown-key]: unknown key `efficiencies.elementwise.w4a8`
        --> sample.yaml:34:5
        note: known here: bf16
      error[hardware/missing-key]: missing key `efficiencies.elementwise.bf16`
        --> sample.yaml:34:5  efficiencies.elementwise
        note: every gpu needs it
      """)
  }

  @Test func missingKeysAreNamed() {
    SampleProfile.expect(
      "  domain: 8\n", "",
      """
      error[hardware/missing-key]: missing key `scale_up.domain`
        --> sample.yaml:36:3  scale_up
      """)
    SampleProfile.expect(
      "status: datasheet, source: sheet}", "source: sheet}",
      """
      error[hardware/missing-key]: missing key `accelerator.peak.bf16.status`
        --> sample.yaml:12:11  accelerator.peak.bf16
      """)
    SampleProfile.expect(
      "vendor: Nobody\n", "",
      """
      error[hardware/missing-key]: missing key `vendor`
        --> sample.yaml:1:1
      """)
    SampleProfile.expect(
      ", floor: 2.6 us", "",
      """
      error[hardware/missing-key]: missing key `efficiencies.gemm.bf16.floor`
        --> sample.yaml:27:7  efficiencies.gemm.bf16
      """)
    SampleProfile.expect(
      "value: 141 GB, ", "",
      """
      error[hardware/missing-key]: missing key `accelerator.memory.0.capacity.value`
        --> sample.yaml:17:17  accelerator.memory.0.capacity
      """)
  }

  @Test func everyGPUHasTheFourEfficiencies() {
    SampleProfile.expect(
      "  attention_decode:\n    bf16:", "  attention_decode:\n    fp8:",
      """
      error[hardware/missing-key]: missing key `efficiencies.attention_decode.bf16`
        --> sample.yaml:32:5  efficiencies.attention_decode
        note: every gpu needs it
      """)
    SampleProfile.expect(
      "efficiencies:", "efficiencies: {}\nefficiency:",
      """
      error[hardware/missing-key]: missing key `efficiencies.gemm.bf16`
        --> sample.yaml:24:15  efficiencies
        note: every gpu needs it
      error[hardware/missing-key]: missing key `efficiencies.attention_prefill.bf16`
        --> sample.yaml:24:15  efficiencies
        note: every gpu needs it
      error[hardware/missing-key]: missing key `efficiencies.attention_decode.bf16`
        --> sample.yaml:24:15  efficiencies
        note: every gpu needs it
      error[hardware/missing-key]: missing key `efficiencies.elementwise.bf16`
        --> sample.yaml:24:15  efficiencies
        note: every gpu needs it
      error[hardware/unknown-key]: unknown key `efficiency`
        --> sample.yaml:25:1
      hint: did you mean `efficiencies`?
      """)
  }

  @Test func anotherSchemaIsTheOnlyProblemReported() {
    SampleProfile.expect(
      "hardware/1\nname: sample", "hardware/2\nnam: sample",
      """
      error[hardware/unknown-schema]: `schema` must be `windtunnel/hardware/1`: \
      windtunnel/hardware/2
        --> sample.yaml:1:9  schema
      hint: the file is for a newer windtunnel; update it
      """)
    SampleProfile.expect(
      "windtunnel/hardware/1", "aiconfigurator",
      """
      error[hardware/unknown-schema]: `schema` must be `windtunnel/hardware/1`: aiconfigurator
        --> sample.yaml:1:9  schema
      hint: write `schema: windtunnel/hardware/1`
      """)
    SampleProfile.expect(
      "schema: windtunnel/hardware/1\n", "",
      """
      error[hardware/missing-key]: missing key `schema`
        --> sample.yaml:1:1
      """)
  }

  // MARK: Values

  @Test func valuesAreReadStrictly() {
    SampleProfile.expect(
      "{value: 989 TFLOP/s", "{value: 989 TFLOPS",
      """
      error[hardware/wrong-unit]: `accelerator.peak.bf16.value` has the wrong unit: `TFLOPS`
        --> sample.yaml:12:19  accelerator.peak.bf16.value
      hint: accepted units: `GFLOP/s`, `TFLOP/s` or `PFLOP/s`
      """)
    SampleProfile.expect(
      "{value: 700 W", "{value: 700",
      """
      error[hardware/missing-unit]: `accelerator.power.tdp.value` needs a unit: 700
        --> sample.yaml:21:18  accelerator.power.tdp.value
      hint: write for example `700 W`; accepted units: `W`, `kW` or `MW`
      """)
    SampleProfile.expect(
      "{value: 141 GB", "{value: -141 GB",
      """
      error[hardware/out-of-range]: `accelerator.memory.0.capacity.value` must be above zero \
      and at most 1000 TB: -141 GB
        --> sample.yaml:17:25  accelerator.memory.0.capacity.value
      """)
    SampleProfile.expect(
      "{value: 141 GB", "{value: .inf",
      """
      error[hardware/not-a-number]: `accelerator.memory.0.capacity.value` must be a finite number \
      with a unit: .inf
        --> sample.yaml:17:25  accelerator.memory.0.capacity.value
      hint: accepted units: `B`, `kB`, `MB`, `GB`, `TB`, `KiB`, `MiB`, `GiB` or `TiB`
      """)
    SampleProfile.expect(
      "{value: 4.8 TB/s", "{value: nan TB/s",
      """
      error[hardware/not-a-number]: `accelerator.memory.0.bandwidth.value` must be a finite \
      number with a unit: nan TB/s
        --> sample.yaml:19:17  accelerator.memory.0.bandwidth.value
      hint: accepted units: `B/s`, `kB/s`, `MB/s`, `GB/s`, `TB/s` or `PB/s`
      """)
    SampleProfile.expect(
      "compute: 0.77", "compute: 77",
      """
      error[hardware/out-of-range]: `efficiencies.gemm.bf16.compute` must be above 0 and at most \
      1: 77
        --> sample.yaml:27:63  efficiencies.gemm.bf16.compute
      """)
    SampleProfile.expect(
      "status: measured", "status: mesured",
      """
      error[hardware/unknown-value]: `accelerator.power.idle.status` is not one of the known \
      values: mesured
        --> sample.yaml:22:35  accelerator.power.idle.status
        note: known: measured, datasheet, fitted, estimated, assumed
      hint: did you mean `measured`?
      """)
    SampleProfile.expect(
      "ranks: 8", "ranks: 1",
      """
      error[hardware/out-of-range]: `scale_up.collectives.all_reduce.0.ranks` must be at least 2: 1
        --> sample.yaml:42:16  scale_up.collectives.all_reduce.0.ranks
      hint: set `scale_up.collectives.all_reduce.0.ranks` to 2
      """)
    SampleProfile.expect(
      "name: sample", "name: My Machine",
      """
      error[hardware/name]: `name` must be of lower-case letters, digits, `-` and `.`: My Machine
        --> sample.yaml:2:7  name
      hint: write for example `h200-sxm`
      """)
    SampleProfile.expect(
      "title: Sample accelerator", "title: ''",
      """
      error[hardware/empty-text]: `title` must not be empty
        --> sample.yaml:3:8  title
      """)
    SampleProfile.expect(
      "\"2024-06\"", "June",
      """
      error[hardware/date]: `release.date` must be a year, month or day: June
        --> sample.yaml:6:34  release.date
      hint: write for example `2026-07`
      """)
    SampleProfile.expect(
      "\"2024-06\"", "2024-13",
      """
      error[hardware/date]: `release.date` must be a year, month or day: 2024-13
        --> sample.yaml:6:34  release.date
      hint: write for example `2026-07`
      """)
  }

  @Test func aPriceNeedsItsDate() {
    SampleProfile.expect(
      ", date: \"2026-07\", note: on demand", "",
      """
      error[hardware/missing-date]: a price needs its date: `prices.rental`
        --> sample.yaml:57:11  prices.rental
      hint: add for example `date: "2026-07"`
      """)
  }

  @Test func rangesContainTheirValue() {
    SampleProfile.expect(
      "[4.5 TB/s, 4.8 TB/s]", "[4.5 TB/s, 4.7 TB/s]",
      """
      error[hardware/range]: `accelerator.memory.0.bandwidth.range` must contain the value 4.8 \
      TB/s: [4.5 TB/s, 4.7 TB/s]
        --> sample.yaml:19:68  accelerator.memory.0.bandwidth.range
      """)
    SampleProfile.expect(
      "[4.5 TB/s, 4.8 TB/s]", "[4.9 TB/s, 4.5 TB/s]",
      """
      error[hardware/range]: `accelerator.memory.0.bandwidth.range` must begin with its lower \
      end: [4.9 TB/s, 4.5 TB/s]
        --> sample.yaml:19:68  accelerator.memory.0.bandwidth.range
      """)
    SampleProfile.expect(
      "[4.5 TB/s, 4.8 TB/s]", "[4.5 TB/s]",
      """
      error[hardware/range]: `accelerator.memory.0.bandwidth.range` must be two values, [low, \
      high]: 1
        --> sample.yaml:19:68  accelerator.memory.0.bandwidth.range
      """)
    SampleProfile.expect(
      "[4.5 TB/s, 4.8 TB/s]", "[4.5 TB/s, 4.8 TB]",
      """
      error[hardware/wrong-unit]: `accelerator.memory.0.bandwidth.range.1` has the wrong unit: `TB`
        --> sample.yaml:19:79  accelerator.memory.0.bandwidth.range.1
        note: `TB` is a unit of bytes
      hint: accepted units: `B/s`, `kB/s`, `MB/s`, `GB/s`, `TB/s` or `PB/s`
      """)
    SampleProfile.expect(
      "[4.5 TB/s, 4.8 TB/s]", "4.5 TB/s",
      """
      error[hardware/wrong-type]: `accelerator.memory.0.bandwidth.range` must be a list: 4.5 TB/s
        --> sample.yaml:19:68  accelerator.memory.0.bandwidth.range
      """)
  }
}
