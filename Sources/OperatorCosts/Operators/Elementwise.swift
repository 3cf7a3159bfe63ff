internal import Hardware

/// Norms, activations, rotary embedding, cache writes: kernels that only move bytes.
///
///     bytes = passes · m · width · 2
///
/// - m: tokens     - width: elements per token on this rank     - passes: reads plus writes of it
///
/// - Parameter exposedFloor: the share of the class's floor that stays after the engine's kernel
///   fusion and overlapped launches, 0...1.
struct Elementwise: Sendable {
  let name: String
  let width: Double
  let passes: Double

  func cost(tokens: Double, exposedFloor: Double, on roofline: Roofline) -> OperatorCost {
    var cost = roofline.cost(
      name, .elementwise, .bf16, flops: 0, bytes: passes * tokens * width * 2)
    cost.seconds -= roofline.rate(.elementwise, .bf16).floorSeconds * (1 - exposedFloor)
    return cost
  }
}
