internal import Hardware

/// Low-rank adapters (LoRA) that requests choose from, all of them in memory at a time.
///
///     y = W x + B (A x)        A: r x k,  B: n x r
///
/// Every matrix of a mixer, a dense feed-forward and a shared expert has one of each, B cut over
/// the ranks as the matrix is; routed experts, embedding and head have none. Of matrices that are
/// computed as one, as queries, keys and values are, each has an A of its own. A step multiplies
/// each token by the matrices of its adapter: two kernels more for a matrix, which read the
/// adapters that the step's tokens use.
///
/// - r: rank     - n, k: output and input width of the matrix on this rank
///
/// Adapters are taken to be wanted alike and to be in 16 bits; those of one request are not counted
/// as one in a prompt, which reads at most too many. Kernels are as fast as others of their class
/// and take 10 us at least: what the one behind the queries, keys and values took of 16 sequences
/// (vLLM pull request 32425, 2026-01; 14 before), and taken for all of them. Still optimistic for
/// the first ones that engines had: vLLM measured 34 % less throughput with one adapter of
/// Llama-2-7B on an A100 (pull request 11267, 2024-12).
/// Source: Hu et al., "LoRA", arXiv 2106.09685, 2021; Chen et al., "Punica", 2023, of the kernels.
/// Check: r = 8 beside n = k = 4,096: 131,072 bytes an adapter, 2.1 MFLOP for 16 tokens
/// (`AdapterTests.workedExample`), in 20 us (`smallKernelsTakeTheirTime`); r = 16 on Llama-3.1-8B:
/// the 41,943,040 parameters that PEFT counts (`everyMatrixHasItsOwn`).
package struct Adapters: Equatable, Sendable {
  /// What each of its kernels takes at least [s].
  static let leastSeconds = 10e-6

  package var rank: Int
  package var count: Int

  package init(rank: Int, count: Int) {
    self.rank = rank
    self.count = count
  }

  /// What comes on top of a matrix.
  func multiplies(beside multiply: MatrixMultiply, _ plain: ResolvedArithmetic) -> [MatrixMultiply]
  {
    [
      MatrixMultiply(
        name: "\(multiply.name)_adapter_down", outputWidth: Double(rank * multiply.parts),
        inputWidth: multiply.inputWidth, arithmetic: plain, copies: Double(count),
        leastSeconds: Self.leastSeconds),
      MatrixMultiply(
        name: "\(multiply.name)_adapter_up", outputWidth: multiply.outputWidth,
        inputWidth: Double(rank), arithmetic: plain, copies: Double(count),
        leastSeconds: Self.leastSeconds),
    ]
  }
}
