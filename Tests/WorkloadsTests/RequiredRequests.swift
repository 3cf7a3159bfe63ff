import Testing
import Units
import Workloads

/// `#require` cannot call what is mutating.
extension RequestSource {
  mutating func arrival() throws -> Request {
    let request = nextArrival()
    return try #require(request)
  }

  mutating func following(_ last: Request, at time: SimTime = .zero) throws -> Request {
    let request = nextAfterCompletion(of: last, at: time)
    return try #require(request)
  }
}
