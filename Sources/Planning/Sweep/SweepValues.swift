package import Diagnostics
internal import Units

/// The values of one axis as they are typed.
///
///     values = value { "," value }
///     value  = number ".." number "*" number [ " " unit ]      1..64*2, 0.5..8*2 req/s
///            | number ".." number "+" number [ " " unit ]      10..50+10
///            | number [ " " unit ]                               8,16 req/s
///            | YAML                                            h200-sxm, {tensor: 4}, [0.8, 0.6]
///
/// A range includes its end where it meets it. The unit of the last value is that of all that have
/// none. Commas inside brackets and quotes divide nothing.
package enum SweepValues {
  package static let most = 100_000

  package static func parse(
    _ text: String, at place: SourceLocation
  ) throws(InvalidInput) -> [String] {
    var values: [String] = []
    let items = items(of: text)
    let unit = unit(of: items)
    for item in items.map({ isBare($0) ? $0 + unit : $0 }) {
      guard !item.isEmpty else {
        throw refusal("an empty value in a list: \(text)", at: place)
      }
      values += try range(item, at: place) ?? [item]
    }
    guard values.count <= most else { throw tooMany(values.count, at: place) }
    var seen: Set<String> = []
    for value in values where !seen.insert(value).inserted {
      throw refusal("a value is there twice: \(value)", at: place)
    }
    return values
  }

  private static func items(of text: String) -> [String] {
    var items = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      } else if character == ",", depth == 0 {
        items.append("")
        continue
      }
      items[items.count - 1].append(character)
    }
    return items.map { item in
      let start = item.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The unit that the last value has, behind a space; nothing where it has none.
  private static func unit(of items: [String]) -> String {
    guard let last = items.last, let space = last.firstIndex(of: " "), isBare(last[..<space]),
      last[space...].dropFirst().first?.isLetter == true
    else { return "" }
    return String(last[space...])
  }

  /// Whether it is a number, or a range of numbers, without a unit.
  private static func isBare(_ item: some StringProtocol) -> Bool {
    guard let first = item.first, let last = item.last else { return false }
    return first.isNumber && last.isNumber && item.allSatisfy { $0.isNumber || ".*+".contains($0) }
  }

  // MARK: Ranges

  /// Nil for what is no range: a path may have two dots too.
  private static func range(
    _ item: String, at place: SourceLocation
  ) throws(InvalidInput) -> [String]? {
    let words = item.split(separator: " ", maxSplits: 1).map(String.init)
    guard let dots = words.first?.firstRange(of: ".."),
      let first = Quantity.plainNumber(words[0][..<dots.lowerBound])
    else { return nil }
    let rest = words[0][dots.upperBound...]
    guard let sign = rest.firstIndex(where: { "*+".contains($0) }),
      let last = Quantity.plainNumber(rest[..<sign]),
      let step = Quantity.plainNumber(rest[rest.index(after: sign)...])
    else {
      throw refusal(
        "a range is FIRST..LAST*FACTOR or FIRST..LAST+STEP: \(item)", at: place,
        hint: "for example `1..64*2`, or `10..50+10`")
    }
    let unit = words.count > 1 ? " " + words[1] : ""
    if rest[sign] == "*" {
      guard first > 0, step > 1, last >= first else {
        throw refusal(
          "a range with a factor grows from above zero by more than one: \(item)", at: place)
      }
    } else {
      guard step > 0, last >= first else {
        throw refusal("a range with a step grows by more than zero: \(item)", at: place)
      }
    }
    return try values(from: first, to: last, place) { index, before in
      rest[sign] == "*" ? before * step : first + Double(index) * step
    }.map { number($0) + unit }
  }

  private static func values(
    from first: Double, to last: Double, _ place: SourceLocation,
    _ next: (_ index: Int, _ before: Double) -> Double
  ) throws(InvalidInput) -> [Double] {
    // What adding or multiplying leaves of a step is no reason to miss the end.
    let end = last + last.magnitude * 1e-9
    var values = [first]
    while true {
      let value = next(values.count, values[values.count - 1])
      guard value <= end, value > values[values.count - 1] else { return values }
      values.append(value)
      guard values.count <= most else { throw tooMany(values.count, at: place) }
    }
  }

  /// A number as a file would have it, without grouped thousands.
  private static func number(_ value: Double) -> String {
    let value = ReportNumber.rounded(value, digits: 12)
    return value == value.rounded() && value.magnitude < 1e15
      ? String(Int64(value)) : value.description
  }

  // MARK: Problems

  private static func tooMany(_ count: Int, at place: SourceLocation) -> InvalidInput {
    refusal("more than \(NumberText.grouped(most)) values", at: place)
  }

  private static func refusal(
    _ message: String, at place: SourceLocation, hint: String? = nil
  ) -> InvalidInput {
    InvalidInput(Diagnostic(code: "sweep/values", message, at: place, hint: hint))
  }
}
