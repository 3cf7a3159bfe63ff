/// One part of what an organisation says of its users, between two commas.
enum UserPhrase {
  /// Requests of one person in a time [s].
  struct Requests {
    var count: Double
    var seconds: Double
    var isDaily: Bool
  }

  enum Meaning {
    case people(Double)
    case share(Double)
    case requests(Requests)
    /// Hours of a day in which its requests come.
    case hours(Double)
  }

  private static let units: [String: Double] = [
    "second": 1, "sec": 1, "s": 1, "minute": 60, "min": 60, "hour": 3_600, "h": 3_600,
    "day": 86_400, "week": 604_800,
  ]
  private static let asked: Set = [
    "request", "question", "query", "queries", "call", "prompt", "message", "chat",
  ]
  private static let joining: Set = ["a", "an", "per", "every", "each", "in", "/"]
  private static let whose: Set = [
    "each", "per", "a", "user", "person", "employee", "head", "of", "them", "on", "average",
  ]
  private static let atOnce: Set = [
    "of", "them", "users", "at", "once", "a", "time", "the", "same", "concurrent", "concurrently",
    "active", "online", "are", "in", "parallel",
  ]

  /// What a number counts in, where a word follows it: `1 million`, `2 dozen`.
  private static let factors: [String: Double] = [
    "dozen": 12, "hundred": 100, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6,
    "billion": 1e9,
  ]
  /// Words before the people's name that change no number.
  private static let kinds: Set = [
    "active", "business", "concurrent", "corporate", "daily", "different", "end", "external",
    "full-time", "human", "internal", "knowledge", "licensed", "office", "online", "part-time",
    "paying", "power", "registered", "remote", "sales", "service", "simultaneous", "software",
    "support", "unique",
  ]
  /// Words behind it that change none.
  private static let apart: Set = [
    "all", "altogether", "company", "in", "of", "our", "team", "the", "total",
  ]

  /// Splits at commas and semicolons; a comma before three digits groups them.
  static func parts(_ text: String) -> [String] {
    let letters = Array(text)
    func isDigit(_ index: Int) -> Bool {
      letters.indices.contains(index) && letters[index].isNumber
    }
    var parts = [""]
    for (index, letter) in letters.enumerated() {
      let groups =
        isDigit(index - 1) && (1...3).allSatisfy { isDigit(index + $0) } && !isDigit(index + 4)
      if letter == ",", groups { continue }
      if letter == "," || letter == ";" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(letter)
      }
    }
    return parts.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }

  /// - Returns: nil where a word of it says something that nobody here understands.
  static func meaning(of part: String) -> Meaning? {
    var words = part.lowercased().replacing("/", with: " / ").replacing("%", with: " % ")
      .split(separator: " ").map(String.init)
    guard let first = words.first, let number = takeNumber(&words) else { return nil }
    if let next = words.first, next == "%" || next == "percent" {
      return words.dropFirst().allSatisfy(atOnce.contains) ? .share(number / 100) : nil
    }
    if words.first == "in" {
      var rest = Array(words.dropFirst())
      if let all = takeNumber(&rest), all > 0 {
        return rest.allSatisfy(atOnce.contains) ? .share(number / all) : nil
      }
    }
    if let hours = hours(words) { return hours ? .hours(number) : nil }
    if asked.contains(singular(words.first ?? "")) || joining.contains(words.first ?? "") {
      return requests(number, words)
    }
    // There are no parts of people, and `3.000` may be either number.
    let isWritten = number != Self.number(first) || !first.contains(".") || !endsInDigit(first)
    let isWhole = abs(number - number.rounded()) < 1e-9 * number
    return isWhole && isWritten && namesPeople(words) ? .people(number.rounded()) : nil
  }

  /// `employees`, `paying customers`, `users in total`: one name, and nothing that may be a number.
  private static func namesPeople(_ words: [String]) -> Bool {
    let behind = words.drop(while: kinds.contains)
    guard let name = behind.first else { return true }
    return name.allSatisfy { $0.isLetter || $0 == "-" || $0 == "'" }
      && behind.dropFirst().allSatisfy { atOnce.contains($0) || apart.contains($0) }
  }

  /// `8 working hours`, `8 hours a day`: whether it is said as it should be, nil where it is not.
  private static func hours(_ words: [String]) -> Bool? {
    guard let place = words.firstIndex(where: { ["hours", "hour", "h"].contains($0) }),
      words[..<place].allSatisfy({ ["working", "work", "office", "business"].contains($0) })
    else { return nil }
    let daily: Set = ["a", "per", "of", "the", "each", "day"]
    return words[(place + 1)...].allSatisfy(daily.contains)
  }

  /// `requests an hour each`, `questions every 5 minutes`, `/ day`.
  private static func requests(_ count: Double, _ words: [String]) -> Meaning? {
    var rest = words
    if let word = rest.first, asked.contains(singular(word)) { rest.removeFirst() }
    guard let word = rest.first, joining.contains(word) else { return nil }
    rest.removeFirst()
    let times = takeNumber(&rest) ?? 1
    guard let word = rest.first, let unit = units[word] ?? units[singular(word)], times > 0,
      rest.dropFirst().allSatisfy(whose.contains)
    else { return nil }
    return .requests(
      Requests(count: count, seconds: unit * times, isDaily: unit == units["day"] && times == 1))
  }

  private static func singular(_ word: String) -> String {
    word.count > 1 && word.hasSuffix("s") ? String(word.dropLast()) : word
  }

  private static func endsInDigit(_ word: String) -> Bool { word.last?.isNumber ?? false }

  /// The number that words begin with, and what it counts in: 2,500,000 of `2.5 million users`.
  private static func takeNumber(_ words: inout [String]) -> Double? {
    guard var found = words.first.flatMap(number) else { return nil }
    words.removeFirst()
    while let factor = words.first.flatMap({ factors[$0] ?? factors[singular($0)] }) {
      found *= factor
      words.removeFirst()
    }
    return found
  }

  private static func number(_ word: String) -> Double? {
    var digits = word
    let factor = ["k": 1e3, "m": 1e6][digits.last.map(String.init) ?? ""]
    if factor != nil { digits.removeLast() }
    guard digits.first?.isNumber ?? false, digits.allSatisfy({ $0.isNumber || $0 == "." }) else {
      return nil
    }
    return Double(digits).map { $0 * (factor ?? 1) }
  }
}
