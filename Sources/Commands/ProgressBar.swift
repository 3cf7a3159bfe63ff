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
        + "\(noun)" + (left.map { ", \(Self.duration($0)) left" } ?? "") + "\u{1B}[K")
  }

  /// A time that is left, as exact as a guess can be: `95 s`, `12 min`, `3 h 20 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds > 100 else { return "\(NumberText.fixed(seconds, 0)) s" }
    let minutes = Int64((min(seconds, 1e9) / 60).rounded(.up))
    return minutes < 120
      ? "\(minutes) min" : "\(NumberText.grouped(minutes / 60)) h \(minutes % 60) min"
  }

  /// Wipes the line before anything else is written.
  mutating func finish() {
    if isShown { StandardStreams.writeProgress("\r\u{1B}[K") }
    isShown = false
  }
}
