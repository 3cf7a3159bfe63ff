/// How a checkpoint stores the numbers of a matrix.
///
///     bytes a weight = (bits + scale bits / group + zero point bits / group) / 8
///
/// | numbers | bits | scale bits / group |
/// | --- | --- | --- |
/// | integers, k bits | k | 16 / group, and k / group more with a zero point |
/// | NVFP4 | 4 | 8 / 16 |
/// | MXFP4, MXFP8 | 4, 8 | 8 / 32 |
/// | NF4 (bitsandbytes, scales quantized again) | 4 | 8 / 64 + 32 / (64 · 256) |
/// | FP8 in blocks of r x c | 8 | 32 / (r c) |
///
/// One scale a tensor, row or column is below a thousandth of a matrix and left out.
/// Source: OCP Microscaling specification v1.0; QLoRA, arXiv:2305.14314, section 3; the layouts of
/// compressed-tensors 0.12 and of AutoGPTQ.
/// Check: integers of 4 bits in groups of 32 -> 4.5 bits, 0.5625 B
/// (`StoredFormatTests.bytesPerWeight`).
package struct StoredFormat: Hashable, Sendable {
  package enum Numbers: Hashable, Sendable {
    /// 16-bit floats; engines load 32-bit ones as these.
    case bfloat16
    /// FP8 with one scale a tensor or channel.
    case float8
    case float8Blocks(rows: Int, columns: Int)
    case mxFloat8
    case mxFloat4
    case nvFloat4
    case normalFloat4
    case integer(bits: Int)
  }

  /// What an engine multiplies the weights with, on a machine that can.
  package enum Activations: Hashable, Sendable {
    /// 16-bit ones: only the weights are small.
    case wide
    case eightBits
    case likeWeights
  }

  package var numbers: Numbers
  /// Integers that share a scale; nil for one scale a channel.
  package var group: Int?
  package var hasZeroPoints: Bool
  package var activations: Activations

  package init(
    _ numbers: Numbers, group: Int? = nil, hasZeroPoints: Bool = false,
    activations: Activations = .likeWeights
  ) {
    self.numbers = numbers
    self.group = group
    self.hasZeroPoints = hasZeroPoints
    self.activations = activations
  }

  package static let bfloat16 = StoredFormat(.bfloat16)

  package var bytesPerWeight: Double {
    switch numbers {
    case .bfloat16: return 2
    case .float8: return 1
    case .float8Blocks(let rows, let columns): return 1 + 4 / Double(rows * columns)
    case .mxFloat8: return (8 + 8.0 / 32) / 8
    case .mxFloat4: return (4 + 8.0 / 32) / 8
    case .nvFloat4: return (4 + 8.0 / 16) / 8
    case .normalFloat4: return (4 + 8.0 / 64 + 32.0 / (64 * 256)) / 8
    case .integer(let bits):
      guard let group else { return Double(bits) / 8 }
      let scale = Double(16 + (hasZeroPoints ? bits : 0)) / Double(group)
      return (Double(bits) + scale) / 8
    }
  }
}
