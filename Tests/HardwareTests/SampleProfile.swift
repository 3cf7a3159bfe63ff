import Diagnostics
import Hardware
import Testing

/// A small machine with every kind of section, to break one line at a time.
enum SampleProfile {
  static let text = """
    schema: windtunnel/hardware/1
    name: sample
    title: Sample accelerator
    vendor: Nobody
    kind: gpu
    release: {state: shipping, date: "2024-06", note: first samples}
    sources:
      sheet: Sample datasheet, 2024
      bench: Sample benchmark, 2025
    accelerator:
      peak:
        bf16: {value: 989 TFLOP/s, status: datasheet, source: sheet}
        fp8: {value: 1979 TFLOP/s, status: datasheet, source: sheet}
      memory:
        - name: hbm
          technology: HBM3e
          capacity: {value: 141 GB, status: datasheet, source: sheet}
          bandwidth:
            {value: 4.8 TB/s, status: datasheet, source: sheet, range: [4.5 TB/s, 4.8 TB/s]}
      power:
        tdp: {value: 700 W, status: datasheet, source: sheet}
        idle: {value: 80.3 W, status: measured, source: bench, note: no context}
      processors: 132
    efficiencies:
      gemm:
        bf16:
          {status: fitted, source: bench, residual: 0.1, compute: 0.77, memory: 0.82, floor: 2.6 us}
        fp8_block: {status: fitted, source: bench, compute: 0.61, memory: 0.76, floor: 2.6 us}
      attention_prefill:
        bf16: {status: fitted, source: bench, compute: 0.55, floor: 5 us}
      attention_decode:
        bf16: {status: fitted, source: bench, memory: 0.74, floor: 8 us}
      elementwise:
        bf16: {status: estimated, source: bench, memory: 0.63, floor: 2.26 us}
    scale_up:
      domain: 8
      topology: switched
      bandwidth: {value: 450 GB/s, status: datasheet, source: sheet}
      latency: {value: 1.5 us, status: assumed, source: bench}
      collectives:
        all_reduce:
          - ranks: 8
            status: fitted
            source: bench
            residual: 0.08
            lines: [{latency: 3.5 us, bandwidth: 90 GB/s}, {latency: 15 us, bandwidth: 255 GB/s}]
            measured: [{size: 16 KiB, time: 3.5 us}]
          - {ranks: 4, status: fitted, source: bench, lines: [{latency: 4 us, bandwidth: 227 GB/s}]}
    scale_out:
      bandwidth: {value: 50 GB/s, status: datasheet, source: sheet}
      latency: {value: 5 us, status: assumed, source: bench}
    host_link:
      bandwidth: {value: 64 GB/s, status: datasheet, source: sheet}
    system:
      power_per_accelerator: {value: 1.37 kW, status: estimated, source: bench}
    prices:
      rental: {value: 2.05 USD/h, status: measured, source: bench, date: "2026-07", note: on demand}

    """

  static func read(_ text: String = text, set overrides: String...) throws -> HardwareProfile {
    try HardwareProfile.read(
      text: text, file: "sample.yaml", overrides: overrides.map(ConfigOverride.init(argument:)))
  }

  /// The printed problems after one replacement in the text; none when the profile is sound.
  static func problems(replacing old: String, with new: String) -> [String] {
    problems([(old, new)])
  }

  static func problems(_ replacements: [(old: String, new: String)]) -> [String] {
    var changed = text
    for (old, new) in replacements {
      guard let range = changed.firstRange(of: old) else { return ["nothing to replace: \(old)"] }
      changed.replaceSubrange(range, with: new)
    }
    return problems(of: changed)
  }

  /// Expects exactly one text of all problems after one replacement.
  static func expect(
    _ old: String, _ new: String, _ expected: String,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let found = problems(replacing: old, with: new).joined(separator: "\n")
    #expect(found == expected, sourceLocation: sourceLocation)
  }

  static func problems(of text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text)
    } catch {
      return ["\(error)"]
    }
  }
}
