internal import Hardware

/// A group of ranks inside a torus: a block, as near to a cube as powers of two allow.
///
/// Accelerators have 2 d links, one to each side of each of d axes. A block shorter than its
/// axis has no way around, so its corner has one link for each axis along which the block extends:
///
///     u = min(d, log2 p)               links of the rank that has the fewest
///     β_u = u · β / (2 d)              its bytes a second, one direction
///     h = sum over axes of (a - 1)     hops from corner to corner, a: length along an axis
///     β_x = min(β_u, 4 / a_max · β / (2 d))    where every rank sends to every other
///
/// - p: ranks of the group      - β [B/s]: all links of an accelerator, one direction
///
/// The last is the bisection: half of the p ranks send half of what they have through the p / a_max
/// links in the middle of the longest axis, in one direction: p/2 · n/2 = p / a_max · link · t.
/// Pessimistic for slices of whole axes (16 of TPU v6e, multiples of 4 of TPU v7), which close to
/// rings and have twice the links.
/// Source: Austin et al., "How to scale your model", Google DeepMind, 2025, chapters "TPUs" and
/// "Sharded matrices": a collective over several axes uses the links of all of them.
/// Check: d = 2, p = 8 (2 x 4), β = 400 GB/s: u = 2, β_u = 200 GB/s, h = 4, β_x = 100 GB/s
/// (`TorusBlockTests.workedExample`).
struct TorusBlock: Sendable {
  let ranks: Int
  /// Along each axis, the longest first.
  let lengths: [Int]
  private let axes: Int

  /// Nil where the links are no torus, and of one rank.
  init?(ranks: Int, in link: ScaleUp) {
    guard link.topology == .torus, let axes = link.axes, ranks > 1 else { return nil }
    self.ranks = ranks
    self.axes = axes
    var lengths = [Int](repeating: 1, count: axes)
    // Doublings are dealt to the axes in turn; what is left over lengthens the first.
    var rest = ranks
    var axis = 0
    while rest.isMultiple(of: 2) {
      lengths[axis % axes] *= 2
      rest /= 2
      axis += 1
    }
    lengths[axis % axes] *= rest
    self.lengths = lengths.sorted(by: >)
  }

  var hops: Int { lengths.reduce(0) { $0 + $1 - 1 } }

  /// Share of the bandwidth of all its links that a rank at the corner has.
  var linkFraction: Double {
    Double(lengths.count { $0 > 1 }) / Double(2 * axes)
  }

  /// Share of the bandwidth of all its links that every rank has when all send to all.
  var crossingFraction: Double {
    min(linkFraction, 4 / Double(lengths[0]) / Double(2 * axes))
  }

  /// Share of the bandwidth of all links of an accelerator that one of them has.
  static func pairFraction(in link: ScaleUp) -> Double {
    guard link.topology == .torus, let axes = link.axes else { return 1 }
    return 1 / Double(2 * axes)
  }
}
