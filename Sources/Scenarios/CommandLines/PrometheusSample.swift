/// One line of the text that Prometheus scrapes: `name{label="value",...} number`.
struct PrometheusSample {
  let name: Substring
  let value: Double
  let labels: Substring
  /// Where it stands in the text, from 1; 0 for a line alone.
  private(set) var line = 0

  /// - Returns: nil for comments, and for lines without a number.
  init?(_ line: Substring) {
    guard !line.hasPrefix("#") else { return nil }
    // Labels may hold spaces.
    let brace = line.lastIndex(of: "}")
    let rest = brace.map { line[line.index(after: $0)...] } ?? line.drop { $0 != " " }
    guard let text = rest.split(separator: " ").first, let number = Double(text),
      number.isFinite
    else { return nil }
    let named = line.prefix { $0 != "{" && $0 != " " }
    name = named
    value = number
    labels = brace.map { line[named.endIndex..<$0] } ?? ""
  }

  func label(_ key: String) -> Substring? {
    guard let start = labels.firstRange(of: "\(key)=\"")?.upperBound,
      let end = labels[start...].firstIndex(of: "\"")
    else { return nil }
    return labels[start..<end]
  }

  static func all(in text: String) -> [PrometheusSample] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .compactMap { index, line in
        var sample = PrometheusSample(line)
        sample?.line = index + 1
        return sample
      }
  }
}
