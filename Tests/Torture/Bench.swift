import Foundation

/// The folder of a worker, and what it counts.
final class Bench {
  let folder: String
  /// What became of the cases, so that it shows when most of them try nothing.
  var kind = ""
  private(set) var outcomes: [String: Int] = [:]

  init(folder: String) { self.folder = folder }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func count(_ outcome: String) { outcomes["\(kind)-\(outcome)", default: 0] += 1 }

  /// Before a case begins, so that it is known when the process does not outlive it.
  func note(current: String, text: String) {
    write(text, "case")
    write(current, "current")
  }

  func note(kinds: String) {
    let lines = outcomes.keys.sorted().map { "outcome \($0) \(outcomes[$0]!)\n" }
    write(kinds + lines.joined(), "counts")
  }

  func write(_ text: String, _ name: String) { write(Array(text.utf8), name) }

  func write(_ bytes: [UInt8], _ name: String) {
    guard let file = fopen(path(name), "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func text(_ name: String) -> String {
    guard let data = FileManager.default.contents(atPath: path(name)) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}

/// How long anything may take.
enum Limit {
  /// Of processor time [s]: others may be using the machine.
  private static let processor = 20
  /// Of the clock [s], for what waits and computes nothing.
  private static let clock: UInt32 = 600

  /// From now on. A process that outlives it is ended by SIGPROF or SIGALRM.
  static func start(seconds: Int = processor) {
    var value = itimerval()
    value.it_value.tv_sec = seconds
    #if os(Linux)
      setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &value, nil)
    #else
      setitimer(ITIMER_PROF, &value, nil)
    #endif
    alarm(clock)
  }

  static func stop() {
    start(seconds: 0)
    alarm(0)
  }
}
