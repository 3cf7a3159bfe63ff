/// How a published checkpoint stores its weights, as its config states it.
///
/// Only what the file says: it is the default for a deployment, which may quantize otherwise.
package enum CheckpointWeights: Equatable, Sendable {
  case float32
  case float16
  case bfloat16
  /// FP8 with one scale a tensor or channel.
  case fp8PerTensor
  /// FP8 with one scale a block of `rows` by `columns` weights (DeepSeek-V3: 128 by 128).
  case fp8Block(rows: Int, columns: Int)
  /// 8-bit floats with one scale in 32.
  case mxfp8
  /// 4-bit floats with one scale in 32 on the experts alone, all else bfloat16 (gpt-oss).
  case mxfp4Experts
  /// 4-bit floats with one scale in 32, not on experts alone.
  case mxfp4
  /// NVIDIA's 4-bit floats with one scale in 16.
  case nvfp4
  /// Integer weights with one scale a group; `expertsOnly` when attention is left in 16 bits.
  case integer(bits: Int, groupSize: Int?, expertsOnly: Bool)
  /// The 4-bit floats of bitsandbytes.
  case normalFloat4
  /// A method that is named and not understood, or something that it says.
  case unspecified(method: String, reason: String)

  /// Whether weights are in fewer bits than they are computed in.
  package var isQuantized: Bool {
    switch self {
    case .float32, .float16, .bfloat16: false
    default: true
    }
  }
}
