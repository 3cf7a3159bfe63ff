#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Ctrl-C, `kill` and a terminal that is closed: they end the program at once, but while it polls.
/// Then they set a flag that is looked at between slices of the simulation or before a file is put
/// in its place, so that nothing is left half done; a second one ends the program all the same.
enum Interrupts {
  // Safe: the handler only stores single words, which other threads only read.
  nonisolated(unsafe) private static var hasArrived: sig_atomic_t = 0
  nonisolated(unsafe) private static var isPolling: sig_atomic_t = 0

  static func `catch`() {
    hasArrived = 0
    isPolling = 0
    var caught = sigset_t()
    sigemptyset(&caught)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let former = signal(number) { _ in Interrupts.arrive() }
      // `nohup` asks that it goes on when the terminal is closed.
      if number == SIGHUP, isIgnored(former) { signal(number, SIG_IGN) }
      sigaddset(&caught, number)
    }
    // A parent that blocks signals hands that on: Foundation's `Process` does.
    sigprocmask(SIG_UNBLOCK, &caught, nil)
    // A file beyond `ulimit -f` is an error to report like a full disk.
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func isIgnored(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// From here to `endPolling`, `check` must be called often.
  static func beginPolling() { isPolling = 1 }
  static func endPolling() { isPolling = 0 }

  static func check() throws {
    if isRequested { throw Interruption() }
  }

  /// For threads that are to leave their work undone.
  static var isRequested: Bool { hasArrived != 0 }

  /// The handler: only what POSIX allows inside one.
  private static func arrive() {
    if isPolling != 0, hasArrived == 0 {
      hasArrived = 1
      return
    }
    let words: StaticString = "interrupted\n"
    _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
    _exit(ExitStatus.interrupted.rawValue)
  }
}
