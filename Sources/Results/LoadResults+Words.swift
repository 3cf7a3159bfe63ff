internal import Units

extension LoadResults {
  /// `20 req/s offered, 9.4 served: the queue grows; figures are of a backlog, not of a service`;
  /// nil of a load that is served, or that ends.
  package var trouble: String? {
    guard let offered else { return nil }
    switch state {
    case .sustained, .overloadedAtPeak, .finite: return nil
    case .overloaded:
      // In a short part of a run as many may be served as come, by chance.
      let end =
        served < offered
        ? "\(Self.rate(served)) served" : "\(Self.rate(capacity ?? served)) can be served"
      return "\(Self.rate(offered)) req/s offered, \(end): the queue grows; "
        + "figures are of a backlog, not of a service"
    case .undecided:
      return "\(Self.rate(offered)) req/s offered, \(Self.rate(capacity ?? served)) can be served: "
        + "too near to be judged; how long the queue becomes is not known"
    }
  }

  /// `there is no more room for keys and values; 0.8 req/s can be served`
  package var cause: String? {
    guard let capacity, let limitWords else { return nil }
    return "there is no more \(limitWords); \(Self.rate(capacity)) req/s can be served"
  }

  /// What there is no more of at the capacity.
  package var limitWords: String? {
    guard let limit else { return nil }
    let pool = limitingPool.map { $0 == "serving" ? "" : " of the \($0) pool" } ?? ""
    return limit.words + pool
  }

  private static func rate(_ value: Double) -> String { NumberText.significant(value, 3) }
}
