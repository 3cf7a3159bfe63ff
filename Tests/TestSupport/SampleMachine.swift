package import Hardware
package import OperatorCosts

/// A made-up accelerator with round numbers, whose parts a test changes one at a time.
///
/// 4.8 TB/s, 989 TFLOP/s bf16, 1979 fp8, 141 GB; what has no efficiencies of its own falls back to
/// the plainer kernels.
package enum SampleMachine {
  package static let profile: HardwareProfile = {
    do {
      return try HardwareProfile.read(text: text, file: "sample-machine.yaml")
    } catch {
      preconditionFailure("the sample machine is not valid: \(error)")
    }
  }()

  package static func profile(bandwidthFactor: Double) -> HardwareProfile {
    var changed = profile
    changed.accelerator.memory[0].bandwidth.value *= bandwidthFactor
    return changed
  }

  private static let text = """
    schema: windtunnel/hardware/1
    name: sample-machine
    title: Sample machine
    vendor: Nobody
    kind: gpu
    release: {state: shipping, date: "2024-06"}
    sources:
      sheet: Sample datasheet, 2024
    accelerator:
      peak:
        bf16: {value: 989 TFLOP/s, status: datasheet, source: sheet}
        fp8: {value: 1979 TFLOP/s, status: datasheet, source: sheet}
      memory:
        - name: hbm
          technology: HBM3e
          capacity: {value: 141 GB, status: datasheet, source: sheet}
          bandwidth: {value: 4.8 TB/s, status: datasheet, source: sheet}
    efficiencies:
      gemm:
        bf16: {status: assumed, source: sheet, compute: 0.77, memory: 0.8, floor: 3 us}
        fp8: {status: assumed, source: sheet, compute: 0.7, memory: 0.78, floor: 3 us}
      attention_prefill:
        bf16: {status: assumed, source: sheet, compute: 0.55, memory: 0.7, floor: 5 us}
      attention_decode:
        bf16: {status: assumed, source: sheet, compute: 0.3, memory: 0.74, floor: 8 us}
      elementwise:
        bf16: {status: assumed, source: sheet, memory: 0.63, floor: 2.2 us}
    scale_up:
      domain: 8
      topology: mesh
      bandwidth: {value: 450 GB/s, status: datasheet, source: sheet}
      latency: {value: 3 us, status: assumed, source: sheet}
    scale_out:
      bandwidth: {value: 50 GB/s, status: datasheet, source: sheet}
      latency: {value: 5 us, status: assumed, source: sheet}

    """
}

extension HostCosts {
  /// Host time that is paid in full, for tests of its effect.
  package static func serial(step: Double, sequence: Double = 0, prefill: Double = 0) -> HostCosts {
    HostCosts(
      secondsPerStep: step, secondsPerSequence: sequence, secondsPerPrefill: prefill,
      overlapsAccelerator: false, exposedElementwiseFloor: 1)
  }
}
