internal import Units

/// One line on the terminal while a long run goes on; nothing when nobody watches.
struct ProgressBar {
  private static let firstShownAfter = 0.5
  private static let shownEvery = 0.1
  private static let width = 30

  private let isEnabled: Bool
  private let start = ProcessClock.wallSeconds
  private var lastShown = -Double.infinity
  private var isShown = false

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// - Parameter count: of what the whole work is.
  mutating func update(_ progress: Double, of count: Int, _ noun: StaticString) {
    guard isEnabled else { return }
    let elapsed = ProcessClock.wallSeconds - start
    guard elapsed >= Self.firstShownAfter, elapsed - lastShown >= Self.shownEvery else { return }
    lastShown = elapsed
    isShown = true
    let filled = Int((progress * Double(Self.width)).rounded(.down))
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
    let left = progress > 0 ? (elapsed / progress - elapsed).rounded(.up) : nil
    StandardStreams.writeProgress(
      "\r[\(bar)] \(NumberText.fixed(progress * 100, 0)) % of \(NumberText.grouped(count)) "
        + "\(noun)" + (left.map { ", \(NumberText.fixed($0, 0)) s left" } ?? "") + "\u{1B}[K")
  }

  /// Wipes the line before anything else is written.
  mutating func finish() {
    if isShown { StandardStreams.writeProgress("\r\u{1B}[K") }
    isShown = false
  }
}
