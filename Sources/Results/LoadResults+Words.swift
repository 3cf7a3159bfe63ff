internal import Units

extension LoadResults {
  /// Share of what can be served, above which a queue is taken to have filled everything.
  private static let mostlyFilled = 0.97

  /// `20 req/s offered, 9.4 served: the queue grows; figures are of a backlog, not of a service`;
  /// nil of a load that is served, or that ends.
  package var trouble: String? {
    guard let offered else { return nil }
    switch state {
    case .sustained, .overloadedAtPeak, .finite: return nil
    case .overloaded:
      // In a short part of a run as many may be served as come, or more than could be, by chance;
      // and far fewer, when little of what came has ended.
      let other = capacity ?? served
      let isSeen = served < offered && served <= other && served > Self.mostlyFilled * other
      let rates = rates(offered, isSeen ? served : other)
      return "\(rates) \(isSeen ? "served" : "can be served"): the queue grows; "
        + "figures are of a backlog, not of a service"
    case .fragile:
      return "\(rates(offered, capacity ?? served)) can be served once a burst or an outage has "
        + "driven the conversations out of the caches: figures are of the time before that"
    case .undecided:
      return "\(rates(offered, capacity ?? served)) can be served: "
        + "too near to be judged; how long the queue becomes is not known"
    }
  }

  /// `there is no more room for keys and values; 0.8 req/s can be served`, the rate where `trouble`
  /// does not say it.
  package var cause: String? {
    guard let capacity, let limitWords else { return nil }
    if trouble?.contains(" can be served") == true { return "there is no more \(limitWords)" }
    let rate = NumberText.apart(capacity, offered ?? capacity, .requestsPerSecond).first
    return "there is no more \(limitWords); \(rate) can be served"
  }

  /// What there is no more of at the capacity.
  package var limitWords: String? {
    guard let limit else { return nil }
    let pool = limitingPool.map { $0 == "serving" ? "" : " of the \($0) pool" } ?? ""
    return limit.words + pool
  }

  /// `20.0 req/s offered, 9.40`
  private func rates(_ offered: Double, _ served: Double) -> String {
    let words = NumberText.apart(offered, served, .requestsPerSecond)
    let unit = words.first.drop { $0 != " " }
    let second =
      words.second.hasSuffix(unit) ? words.second.dropLast(unit.count) : Substring(words.second)
    return "\(words.first) offered, \(second)"
  }
}
