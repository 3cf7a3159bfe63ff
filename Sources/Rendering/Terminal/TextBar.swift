/// Shares of a whole as a bar of letters: `[mmmmmmmmcccchh....]`.
enum TextBar {
  /// Every cell goes to the share that covers its middle, so that the bar is as long as it says.
  static func text(_ shares: [(letter: String, share: Double)], width: Int) -> String {
    var bar = ""
    var index = 0
    var end = shares.first?.share ?? 0
    for cell in 0..<width {
      let middle = (Double(cell) + 0.5) / Double(width)
      while middle > end, index < shares.count - 1 {
        index += 1
        end += shares[index].share
      }
      bar += shares[index].letter
    }
    return "[\(bar)]"
  }
}
