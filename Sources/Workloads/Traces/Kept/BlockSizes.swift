/// Which sizes of blocks the ids of prompts allow.
///
/// Some writers give an id for every block begun, others for whole blocks only:
///
///     ids = ceil(tokens / size)      or      ids = floor(tokens / size)
///
/// Each row leaves the sizes for which one of the two is so; one of the usual sizes is taken.
struct BlockSizes {
  private let likely: [Int]
  /// A bit for each likely size that is possible.
  private var begun: UInt
  private var whole: UInt
  /// The one that the trace or its user says.
  let declared: Int?

  init(likely: [Int], declared: Int?) {
    self.likely = likely
    self.declared = declared
    begun = (1 << UInt(likely.count)) - 1
    whole = begun
  }

  /// The size that is taken.
  var size: Int? {
    if let declared { return declared }
    let mask = begun != 0 ? begun : whole
    return mask == 0 ? nil : likely[mask.trailingZeroBitCount]
  }

  /// Takes a prompt with its ids into account; nil where no size is left, and nothing has changed.
  mutating func add(tokens: Int, ids: Int) -> Void? {
    guard ids > 0 else { return () }
    if let declared { return ids <= (tokens + declared - 1) / declared ? () : nil }
    var (begun, whole) = (begun, whole)
    for (index, size) in likely.enumerated() {
      let bit = UInt(1) << UInt(index)
      if begun & bit != 0, (tokens + size - 1) / size != ids { begun &= ~bit }
      if whole & bit != 0, tokens / size != ids { whole &= ~bit }
    }
    guard begun | whole != 0 else { return nil }
    self.begun = begun
    self.whole = whole
    return ()
  }
}
