import Testing

/// Figures that no machine has: found where they stand, before they overflow what is made of them.
struct ImplausibleFigureTests {
  @Test(arguments: [
    ("4.8 TB/s", "4.8 MB/s", "accelerator.memory.0.bandwidth.value", "from 100 MB/s to 1000 PB/s"),
    ("141 GB", "2000 TB", "accelerator.memory.0.capacity.value", "above zero and at most 1000 TB"),
    (
      "989 TFLOP/s", "1e9 PFLOP/s", "accelerator.peak.bf16.value",
      "from 1 GFLOP/s to 1,000,000 PFLOP/s"
    ),
    ("700 W", "1e308 W", "accelerator.power.tdp.value", "above zero and at most 1 MW"),
    ("2.05 USD/h", "1e15 USD/h", "prices.rental.value", "above zero and at most 10,000 USD/h"),
    ("floor: 2.6 us", "floor: 3 h", "efficiencies.gemm.bf16.floor", "from 0 s to 1 s"),
    (
      "floor: 2.6 us", "floor: 2.6 us, depth_latency: 1e300 s",
      "efficiencies.gemm.bf16.depth_latency", "from 0 s to 1 ms"
    ),
    ("1.5 us", "1e300 s", "scale_up.latency.value", "above zero and at most 1 s"),
    (
      "latency: 3.5 us", "latency: 1e300 s",
      "scale_up.collectives.all_reduce.0.lines.0.latency", "from 0 s to 1 s"
    ),
    (
      "bandwidth: 90 GB/s", "bandwidth: 90 B/s",
      "scale_up.collectives.all_reduce.0.lines.0.bandwidth", "from 1 MB/s to 1000 PB/s"
    ),
  ])
  func figureIsRefused(_ old: String, _ new: String, _ path: String, _ bounds: String) {
    let found = SampleProfile.problems(replacing: old, with: new)
    let value = new.split(separator: ": ").last.map(String.init) ?? new
    let first = found.first?.split(separator: "\n").first.map(String.init)
    #expect(found.count == 1)
    #expect(first == "error[hardware/out-of-range]: `\(path)` must be \(bounds): \(value)")
  }

  @Test func serialTrafficIsBounded() {
    SampleProfile.expect(
      "floor: 2.6 us}", "floor: 2.6 us, serial_traffic: 1e9}",
      """
      error[hardware/out-of-range]: `efficiencies.gemm.bf16.serial_traffic` must be from 0 to \
      1000: 1e9
        --> sample.yaml:27:114  efficiencies.gemm.bf16.serial_traffic
      """)
  }
}
