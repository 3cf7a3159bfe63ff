package import Hardware

/// The tower that turns images, sound or video into tokens of a prompt, before the model reads
/// them.
///
/// Of an item of T tokens it reads n = T · m patches:
///
///     flops = 2 · P · n + 4 · w · n · (f · n + (L - f) · min(a, n))
///
/// - P: parameters     - L, f: layers, and those in which every patch sees all others
/// - w: width     - a: patches that one sees in the other layers     - m: patches of a token
///
/// Each layer is four matrices and one attention, over all items of a request at once, in bf16,
/// split evenly over the tensor ranks. Patches that see each other are priced as a prompt's
/// attention. The projection into the model's width is a part of P.
/// Source: derived; Dosovitskiy et al., "An image is worth 16x16 words", 2021, of the shape; Qwen
/// team, "Qwen2.5-VL technical report", arXiv 2502.13923, of windows and merged patches.
/// Check: P = 668e6, L = 32, f = 4, w = 1280, a = 64, m = 4: an image of 1,024 tokens takes
/// 5.47 + 0.38 = 5.85 TFLOPs (`MediaEncoderTests.workedExample`).
package struct MediaEncoder: Equatable, Sendable {
  package var parameters: Double
  package var layers: Int
  package var width: Int
  package var patchesPerToken: Int
  /// Patches that one sees in layers that are not full; nil where all are.
  package var window: Int?
  package var fullLayers: Int

  package init(
    parameters: Double, layers: Int, width: Int, patchesPerToken: Int, window: Int? = nil,
    fullLayers: Int? = nil
  ) {
    self.parameters = parameters
    self.layers = layers
    self.width = width
    self.patchesPerToken = patchesPerToken
    self.window = window
    self.fullLayers = window == nil ? layers : fullLayers ?? 0
  }

  private static let matricesPerLayer = 4
  private static let bytesPerValue = 2.0

  /// Bytes of its weights.
  package var weightBytes: Double { parameters * Self.bytesPerValue }

  /// What the items of a request take.
  ///
  /// - Parameter ranks: accelerators that divide the work.
  package func cost(
    items: Int, tokens: Int, on hardware: HardwareProfile, ranks: Int
  ) -> PartCost {
    let roofline = Roofline(hardware)
    let patches = Double(tokens * patchesPerToken)
    let all = patches * Double(items)
    let matrices = Double(layers * Self.matricesPerLayer)
    let activations = all * Double(width) * Self.bytesPerValue
    let matrix = roofline.rate(.gemm, .bf16).work(
      flops: 2 * parameters * all / matrices / Double(ranks),
      bytes: weightBytes / matrices / Double(ranks) + 2 * activations)
    var cost = PartCost()
    cost.add(matrix, layers: layers * Self.matricesPerLayer)
    for (count, seen) in [
      (fullLayers, patches), (layers - fullLayers, min(Double(window ?? 0), patches)),
    ] where count > 0 {
      let attention = roofline.rate(.attentionPrefill, .bf16).work(
        flops: 4 * Double(width) * all * seen / Double(ranks),
        bytes: 4 * activations / Double(ranks))
      cost.add(attention, layers: count)
    }
    return cost
  }
}
