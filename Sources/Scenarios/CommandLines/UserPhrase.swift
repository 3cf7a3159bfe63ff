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
    guard let first = words.first, let number = number(first) else { return nil }
    words.removeFirst()
    if let next = words.first, next == "%" || next == "percent" {
      return words.dropFirst().allSatisfy(atOnce.contains) ? .share(number / 100) : nil
    }
    if words.count > 1, words[0] == "in", let all = Self.number(words[1]), all > 0 {
      return words.dropFirst(2).allSatisfy(atOnce.contains) ? .share(number / all) : nil
    }
    if let hours = hours(words) { return hours ? .hours(number) : nil }
    if asked.contains(singular(words.first ?? "")) || joining.contains(words.first ?? "") {
      return requests(number, words)
    }
    // A name of people has no number in it, and there are no parts of people.
    guard number == number.rounded(), !first.contains(".") || !(first.last?.isNumber ?? true),
      !words.contains(where: { $0.contains(where: \.isNumber) || $0 == "%" || $0 == "/" })
    else { return nil }
    return .people(number)
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
    var rest = words[...]
    if let word = rest.first, asked.contains(singular(word)) { rest = rest.dropFirst() }
    guard let word = rest.first, joining.contains(word) else { return nil }
    rest = rest.dropFirst()
    var times = 1.0
    if let word = rest.first, let number = number(word) {
      times = number
      rest = rest.dropFirst()
    }
    guard let word = rest.first, let unit = units[word] ?? units[singular(word)], times > 0,
      rest.dropFirst().allSatisfy(whose.contains)
    else { return nil }
    return .requests(
      Requests(count: count, seconds: unit * times, isDaily: unit == units["day"] && times == 1))
  }

  private static func singular(_ word: String) -> String {
    word.count > 1 && word.hasSuffix("s") ? String(word.dropLast()) : word
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
