internal import ByteStreams
internal import Diagnostics

/// The two files of a client.
enum ServeGenFiles {
  enum Kind { case rates, lengths }

  /// Whose file it is, by its name; nil for others.
  static func client(of file: ByteSource) -> (client: Int, kind: Kind)? {
    let name = file.path.split(separator: "/").last.map(String.init) ?? ""
    let parts = name.split(separator: "-")
    guard parts.count == 3, parts[0] == "chunk", let number = Int(parts[1]) else { return nil }
    switch parts[2] {
    case "trace.csv": return (number, .rates)
    case "dataset.json": return (number, .lengths)
    default: return nil
    }
  }

  private static func problem(
    _ file: ByteSource, _ code: String, _ message: String, line: Int? = nil, hint: String? = nil
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "trace/\(code)", message, at: SourceLocation(file: file.path, line: line),
        hint: hint))
  }

  // MARK: Rates

  static func windows(_ file: ByteSource) throws -> [ServeGenClients.Window] {
    var windows: [ServeGenClients.Window] = []
    do {
      let lines = try LineReader(file)
      while let line = try lines.next() {
        guard !line.isEmpty else { continue }
        guard let window = window(line) else {
          throw problem(
            file, "window", "not the window of a client: \(shown(line))", line: lines.number,
            hint: "expected for example `\(TraceFormat.servegen.example)`")
        }
        if let last = windows.last, window.startSeconds <= last.startSeconds {
          throw problem(
            file, "window", "a window begins before the one above it", line: lines.number)
        }
        windows.append(window)
      }
    } catch let failure as ByteStreamFailure {
      throw failure.error
    }
    return windows
  }

  private static func window(
    _ line: UnsafeBufferPointer<UInt8>
  ) -> ServeGenClients.Window? {
    var scanner = ByteScanner(line)
    var fields: [String] = []
    repeat {
      fields.append(String(decoding: scanner.field(UInt8(ascii: ",")).text, as: UTF8.self))
    } while scanner.takeDelimiter(UInt8(ascii: ","))
    func number(_ text: String) -> Double? {
      guard let value = text.isEmpty ? 0 : Double(text), value >= 0, value < 1e9 else {
        return nil
      }
      return value
    }
    guard fields.count == 6, let start = number(fields[0]), let rate = number(fields[1]),
      let variation = number(fields[2]), let shape = number(fields[4])
    else { return nil }
    let gaps: ServeGenClients.Gaps
    switch fields[3] {
    case "Gamma" where shape > 0: gaps = .gamma(shape: shape)
    case "Weibull" where shape > 0.05: gaps = .weibull(shape: shape)
    case "", "Exponential": gaps = .exponential
    default: return nil
    }
    return ServeGenClients.Window(
      startSeconds: start, rate: rate, coefficientOfVariation: variation, gaps: gaps)
  }

  // MARK: Lengths

  static func lengths(_ file: ByteSource) throws -> [ServeGenLengths] {
    let bytes: [UInt8]
    do throws(ByteStreamFailure) {
      bytes = try ByteStream.contents(of: file, limit: 64 << 20)
    } catch {
      throw error.error
    }
    return try bytes.withUnsafeBufferPointer { bytes in
      var scanner = ByteScanner(bytes)
      scanner.skipSpaces()
      guard let tables = tables(&scanner), scanner.isAtEnd else {
        let line = bytes[..<min(scanner.position, bytes.count)].count { $0 == 0x0A } + 1
        throw problem(
          file, "lengths", "the text has no histograms of lengths", line: line,
          hint: #"expected for example `{"0": {"input_tokens": "{50: 0.25, 51: 0.75}", ...}}`"#)
      }
      return tables.sorted { $0.fromSeconds < $1.fromSeconds }
    }
  }

  private static func tables(_ scanner: inout ByteScanner) -> [ServeGenLengths]? {
    var tables: [ServeGenLengths] = []
    guard scanner.take("{") else { return nil }
    if scanner.take("}") { return [] }
    repeat {
      guard let text = scanner.string(), scanner.take(":"),
        let start = Double(String(decoding: text, as: UTF8.self)),
        let table = table(&scanner, from: start)
      else { return nil }
      tables.append(table)
    } while scanner.take(",")
    return scanner.take("}") ? tables : nil
  }

  private static func table(
    _ scanner: inout ByteScanner, from start: Double
  ) -> ServeGenLengths? {
    var found: [String: ServeGenHistogram] = [:]
    guard scanner.take("{") else { return nil }
    if !scanner.take("}") {
      repeat {
        guard let name = scanner.string(), scanner.take(":") else { return nil }
        let key = String(decoding: name, as: UTF8.self)
        guard key.hasSuffix("_tokens") || key.hasSuffix("_count") else {
          guard scanner.skipValue() else { return nil }
          continue
        }
        guard let histogram = histogram(&scanner) else { return nil }
        found[key] = histogram
      } while scanner.take(",")
      guard scanner.take("}") else { return nil }
    }
    var table = ServeGenLengths(fromSeconds: start)
    table.input = found["input_tokens"] ?? found["text_tokens"] ?? ServeGenHistogram()
    table.output = found["output_tokens"] ?? ServeGenHistogram()
    for kind in ["image", "audio", "video"] {
      if let tokens = found[kind + "_tokens"], let count = found[kind + "_count"],
        !tokens.isEmpty, !count.isEmpty
      {
        table.attachments.append((count, tokens))
      }
    }
    return table
  }

  /// A dictionary from numbers to probabilities, in quotes or not.
  private static func histogram(_ scanner: inout ByteScanner) -> ServeGenHistogram? {
    guard let text = scanner.string() else { return dictionary(&scanner) }
    var inner = ByteScanner(text)
    inner.skipSpaces()
    guard let histogram = dictionary(&inner), inner.isAtEnd else { return nil }
    return histogram
  }

  private static func dictionary(_ scanner: inout ByteScanner) -> ServeGenHistogram? {
    guard scanner.take("{") else { return nil }
    if scanner.take("}") { return ServeGenHistogram() }
    var weights: [(value: Int32, weight: Double)] = []
    repeat {
      let isQuoted = scanner.next == 0x22
      if isQuoted { scanner.position += 1 }
      guard let value = scanner.count(to: TraceRow.mostTokens) else { return nil }
      if isQuoted {
        guard scanner.next == 0x22 else { return nil }
        scanner.position += 1
      }
      scanner.skipSpaces()
      // Probabilities have at most seventeen digits: a whole number of 10^-18.
      guard scanner.take(":"), let share = scanner.fixedPoint(decimals: 18) else { return nil }
      scanner.skipSpaces()
      weights.append((Int32(value), Double(share) * 1e-18))
    } while scanner.take(",")
    // Shares that add up to nothing, and two of one length, are no histogram.
    guard Set(weights.map(\.value)).count == weights.count,
      weights.contains(where: { $0.weight > 0 })
    else { return nil }
    return scanner.take("}") ? ServeGenHistogram(weights) : nil
  }
}
