internal import Diagnostics
internal import Hardware
internal import OperatorCosts

extension TimingReader {
  /// What a table calls a format: how it is multiplied and how the weights are stored.
  private static let formats: [(word: String, value: (KernelArithmetic, WeightFormat))] = [
    ("bfloat16", (.bf16, .bf16)), ("fp8", (.fp8, .fp8)), ("fp8_block", (.fp8Block, .fp8Block)),
    ("nvfp4", (.fp4, .nvfp4)), ("int4_wo", (.w4a16, .int4)),
  ]

  /// `C[m, n] = A[m, k] B[k, n]`; below 16 bits with the kernel that quantises A, where the
  /// framework runs one.
  func gemm(_ row: CSVTable.Row, _ timings: inout Timings) {
    let (kernel, weights) = reader.choice("gemm_dtype", row, Self.formats)
    timings.kernels.append(
      KernelTiming(
        origin: origin(row),
        kernel: .matrixMultiply(
          kernel, weights: weights, tokens: count("m", row), output: count("n", row),
          input: count("k", row)),
        seconds: milliseconds("latency_ms", row)))
  }
}
