internal import FoundationEssentials

/// Tests too long for every day: `WINDTUNNEL_LONG_TESTS=1 swift test -c release`.
package enum LongTests {
  package static let areEnabled =
    ProcessInfo.processInfo.environment["WINDTUNNEL_LONG_TESTS"] != nil

  /// Seeds of the random cases of a test, more of them in a long run.
  ///
  /// `WINDTUNNEL_SEED=17` runs that case alone, to reproduce a failure.
  package static func seeds(short: UInt64, long: UInt64) -> ClosedRange<UInt64> {
    if let one = ProcessInfo.processInfo.environment["WINDTUNNEL_SEED"].flatMap(UInt64.init) {
      return one...one
    }
    return 1...(areEnabled ? long : short)
  }
}
