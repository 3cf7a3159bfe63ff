extension Double {
  /// The nearest number to a wide one, to the bit what `init(_:)` makes of it.
  ///
  /// The library's own goes through generic code, 3,600 instructions a number, and a run that is
  /// looked at now and then asks for thousands.
  package init(nearest value: Int128) {
    let narrow = Int64(truncatingIfNeeded: value)
    guard Int128(narrow) != value else {
      self = Double(narrow)
      return
    }
    let magnitude = value.magnitude
    let shift = max(0, 64 - magnitude.leadingZeroBitCount)
    let leading = UInt64(truncatingIfNeeded: magnitude &>> UInt128(shift))
    // What is cut off matters where the rest lies halfway between two numbers; a bit far below the
    // last one that counts says that there was something.
    let isCut = (UInt128(leading) &<< UInt128(shift)) != magnitude
    let scale = Double(bitPattern: UInt64(1023 + shift) << 52)
    let rounded = Double(leading | (isCut ? 1 : 0)) * scale
    self = value < 0 ? -rounded : rounded
  }
}
