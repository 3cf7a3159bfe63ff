#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Ctrl-C and `kill`: noticed by a flag that the simulation looks at between slices of its events,
/// so that files are left whole and the exit status is right.
enum Interrupts {
  // Safe: a handler may only store to it, and one word is stored at once. Set before `catch()`
  // returns.
  nonisolated(unsafe) private static var hasArrived: sig_atomic_t = 0

  static func `catch`() {
    hasArrived = 0
    var caught = sigset_t()
    sigemptyset(&caught)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in Interrupts.hasArrived = 1 }
      sigaddset(&caught, number)
    }
    // A parent that blocks signals hands that on: Foundation's `Process` does.
    sigprocmask(SIG_UNBLOCK, &caught, nil)
  }

  static func check() throws {
    if hasArrived != 0 { throw Interruption() }
  }
}
