#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Time that this process spends, for notes about the simulator itself. No result depends on it.
enum ProcessClock {
  /// `RUSAGE_SELF`, which every C library declares in a type of its own.
  private static let thisProcess: Int32 = 0

  /// Seconds of processor time in this program's own code: what other programs do does not count.
  static var userSeconds: Double {
    var usage = rusage()
    getrusage(thisProcess, &usage)
    return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
  }

  /// Seconds that only ever go forward, from some start.
  static var wallSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
