internal import Rendering
internal import Results
internal import Units

extension CostResults.Bill {
  /// `48 in 6 servers of 8`
  var words: String { Words.count(serving + spare) + inUnits }

  /// `48 accelerators in 6 servers of 8`
  var acceleratorWords: String { Words.count(serving + spare, "accelerator") + inUnits }

  private var inUnits: String {
    acceleratorsPerUnit == 1
      ? "" : " in \(Words.count(units, unit)) of \(acceleratorsPerUnit)"
  }

  /// What is paid for and serves nothing: `8 of replicas that stand by, 3 in no replica`.
  var idleWords: String {
    [(spare, "of replicas that stand by"), (unused, "in no replica")]
      .filter { $0.0 > 0 }.map { "\(Words.count($0.0)) \($0.1)" }.joined(separator: ", ")
  }

  /// `your price of 2026-11`
  var priceWords: String {
    (isOwnPrice ? "your price" : "the profile's price") + (priceDate.map { " of \($0)" } ?? "")
  }

  var fact: Fact {
    Fact(
      hardware, words + (idleWords.isEmpty ? "" : ": \(idleWords)"),
      "\(Words.dollars(dollarsPerUnitHour)) USD an hour for each \(unit), \(priceWords)",
      PriceAge.words(of: priceDate, isOwn: isOwnPrice) ?? "")
  }
}

extension CostResults {
  /// `8.20 USD an hour, 5986 a month`
  var words: String {
    "\(Words.dollars(dollarsPerHour)) USD an hour, \(Self.whole(dollarsPerMonth)) a month"
  }

  /// `50.53 USD for 7 h 6 min, 7.12 an hour`: what a job costs that ends after so many seconds.
  func words(ofJobFor seconds: Double) -> String {
    "\(Self.whole(dollars(for: seconds))) USD for \(Words.duration(seconds)), "
      + "\(Words.dollars(dollarsPerHour)) an hour"
  }

  /// For everything that is paid, as long as a job takes.
  func dollars(for seconds: Double) -> Double { dollarsPerHour * seconds / 3600 }

  /// `0.302 USD per million tokens (0.270 to 0.337)`; nil where no token was served.
  func blendedWords(_ intervals: PredictionIntervals?) -> String? {
    perMillionTokens.blended.map { price in
      let range = intervals?.blendedPrice.map {
        " (\(Words.dollars($0.low)) to \(Words.dollars($0.high)))"
      }
      return "\(Words.dollars(price)) USD per million tokens\(range ?? "")"
    }
  }

  static func whole(_ dollars: Double) -> String {
    dollars >= 100 ? Words.count(Int(dollars.rounded())) : Words.dollars(dollars)
  }
}

extension RunResults {
  /// What its machines cost, for a month or, of a job that ends, for as long as it takes.
  ///
  /// - Parameter isJob: whether all of it is there at once, and nothing comes after.
  func costWords(isJob: Bool) -> String? {
    cost.map { isJob ? $0.words(ofJobFor: makespanSeconds) : $0.words }
  }

  /// Beside the same tokens from somebody else.
  var apiFacts: [Fact] {
    guard let api else { return [] }
    let from =
      api.breakEvenRate.map {
        "owning is cheaper from \(NumberText.quantity($0, .requestsPerSecond, digits: 3)) on"
      }
      ?? api.fullDollarsPerRequest.map {
        "owning is never cheaper with this deployment: full, it costs \(Words.dollars($0)) USD"
      } ?? "nothing that costs anything is cheaper"
    return [
      Fact(
        api.name, "\(Words.dollars(api.dollarsPerRequest)) USD for such a request; \(from)",
        ownWords(beside: api),
        api.isOwnCheaper ? "at this load owning is cheaper" : "at this load buying is cheaper")
    ]
  }

  /// Prices at this load: `own 0.00210 USD a request and 0.553 per million tokens, bought 0.00120
  /// and 0.316`.
  private func ownWords(beside api: APIResults) -> String {
    guard let own = cost?.perRequest, own > 0, let blended = cost?.perMillionTokens.blended else {
      return ""
    }
    let bought = blended * api.dollarsPerRequest / own
    return "own \(Words.dollars(own)) USD a request and \(Words.dollars(blended)) per million "
      + "tokens, bought \(Words.dollars(api.dollarsPerRequest)) and \(Words.dollars(bought))"
  }

  /// `; not served: 3 of 974 requests are larger than the cache`, or nothing
  var refusedWords: String { requests.refusal.map { "; not served: \($0)" } ?? "" }

  /// `memory bounds 83 % of the time, 92 % of what it can serve is asked of it`
  var boundWords: String? {
    let parts = boundBy?.parts.filter { $0.name != "idle" } ?? []
    let largest = parts.max { $0.share < $1.share }
    let bound = largest.map { "\($0.name) bounds \(Words.percent($0.share)) of the time" }
    let time = peak == nil ? "" : " when most is"
    let used = highestUtilization.map {
      "\(Words.percent($0)) of what it can serve is asked of it\(time)"
    }
    let words = [bound, used].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}
