internal import ArgumentParser

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How many things this computer does at a time. No result depends on it.
enum ProcessorCount {
  /// - Throws: `ValidationError` for a number of jobs that nobody can mean.
  static func check(jobs: Int?) throws {
    if let jobs, !(1...1_024).contains(jobs) {
      throw ValidationError("'--jobs' must be from 1 to 1024: \(jobs)")
    }
  }

  static var online: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
