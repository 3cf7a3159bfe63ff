internal import Diagnostics
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Whether this computer can hold the requests of a run that are in the system at once.
///
/// Beyond its memory it would swap for hours or be killed without a word.
struct MemoryCheck {
  let workload: Workload
  let file: String
  var availableBytes = Self.physicalBytes

  /// - Throws: `InvalidInput` when a run is certain to need more than there is.
  func checkBefore() throws {
    if let peak = Simulation.certainPeak(of: workload) { try check(peak) }
  }

  /// Requests in the system that this computer can hold.
  var mostPresent: Int { Int(availableBytes) / Simulation.bytesPerRequest }

  /// - Parameter outstanding: requests in the system.
  func check(_ outstanding: Int) throws {
    let each = Simulation.bytesPerRequest
    let needed = Double(outstanding) * Double(each)
    guard needed > availableBytes else { return }
    func bytes(_ value: Double) -> String { NumberText.quantity(value, .bytes) }
    let key = workload.arrivals.isClosed ? "workload.arrivals.clients" : "workload.requests"
    let most = NumberText.grouped(mostPresent)
    throw InvalidInput(
      Diagnostic(
        code: "scenario/too-many-at-once",
        "this computer cannot hold \(NumberText.grouped(outstanding)) requests at once: "
          + "\(bytes(needed)) needed, \(bytes(availableBytes)) there",
        at: SourceLocation(file: file), path: key,
        notes: ["needed = \(NumberText.grouped(outstanding)) x \(each) B"],
        hint: workload.arrivals.isOpen
          ? "they come faster than they are served: lower the rate, or set `\(key)` to less"
          : "set `\(key)` to \(most) or less"))
  }

  private static var physicalBytes: Double {
    Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
  }
}
