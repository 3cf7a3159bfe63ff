package import Diagnostics
internal import Units

/// A machine's profile to begin with, from the numbers of a datasheet.
///
/// What datasheets do not say - which share of a peak kernels reach, how long a message takes - is
/// a relative's, and no more than a guess.
package struct ProfileDraft {
  /// A figure as an option gives it.
  private struct Entry {
    let option: String
    let dimension: Dimension
    var isRequired: Bool
    let example: String
    var text: String?
  }

  package enum Key: String, CaseIterable {
    case memory, bandwidth, bf16, fp8, fp4, int8, tdp, link, host, rental
  }

  private let name: String
  private let relative: String?
  private let source: String
  private let date: String?
  private let domain: Int
  private var entries: [Key: Entry]

  /// - Parameters:
  ///   - relative: whose kernels it is likened to.
  ///   - date: of the datasheet and of the rent.
  ///   - domain: accelerators that reach each other over `link`.
  package init(
    name: String, relative: String?, source: String, date: String?, domain: Int,
    _ texts: [Key: String]
  ) {
    self.name = name
    self.relative = relative
    self.source = source
    self.date = date
    self.domain = domain
    entries = Self.asked
    for (key, text) in texts { entries[key]?.text = text }
    if domain > 1 { entries[.link]?.isRequired = true }
  }

  private static let asked: [Key: Entry] = {
    func entry(
      _ key: Key, _ dimension: Dimension, _ example: String, isRequired: Bool = false
    ) -> (Key, Entry) {
      (
        key,
        Entry(
          option: "--\(key.rawValue)", dimension: dimension, isRequired: isRequired,
          example: example)
      )
    }
    return Dictionary(
      uniqueKeysWithValues: [
        entry(.memory, .bytes, "96 GB", isRequired: true),
        entry(.bandwidth, .bytesPerSecond, "4 TB/s", isRequired: true),
        entry(.bf16, .flopsPerSecond, "148 TFLOP/s", isRequired: true),
        entry(.fp8, .flopsPerSecond, "296 TFLOP/s"), entry(.fp4, .flopsPerSecond, "592 TFLOP/s"),
        entry(.int8, .flopsPerSecond, "296 TFLOP/s"), entry(.tdp, .watts, "400 W"),
        entry(.link, .bytesPerSecond, "450 GB/s"), entry(.host, .bytesPerSecond, "64 GB/s"),
        entry(.rental, .dollarsPerHour, "2 USD/h"),
      ])
  }()

  /// Everything that is wrong with what was given, or missing from it.
  package var problems: [Diagnostic] {
    figureProblems + (date.flatMap(CalendarMonth.init) == nil ? [dateProblem] : [])
  }

  private var dateProblem: Diagnostic {
    let hint = "add for example `--date 2026-07`"
    guard let date else {
      return Diagnostic(
        code: "hardware/missing-figure", "what the numbers are of is missing: `--date`", hint: hint)
    }
    return Diagnostic(
      code: "hardware/wrong-figure", "`--date` must be a year, a month or a day: \(date)",
      at: SourceLocation(file: "--date \(date)"), notes: CalendarMonth.note(on: date), hint: hint)
  }

  private var figureProblems: [Diagnostic] {
    Key.allCases.compactMap { key in
      guard let entry = entries[key] else { return nil }
      guard let text = entry.text else {
        return entry.isRequired
          ? Diagnostic(
            code: "hardware/missing-figure", "a figure is missing: `\(entry.option)`",
            hint: "add for example `\(entry.option) '\(entry.example)'`") : nil
      }
      guard case .success(let value) = Quantity.parse(text, as: entry.dimension), value > 0 else {
        return Diagnostic(
          code: "hardware/wrong-figure",
          "`\(entry.option)` must be in \(entry.dimension.acceptedUnits), above zero: \(text)",
          at: SourceLocation(file: "\(entry.option) \(text)"),
          hint: "write for example `\(entry.option) '\(entry.example)'`")
      }
      return nil
    }
  }

  /// The file, which a profile's reader accepts when there are no `problems`.
  package var text: String {
    let peaks = [Key.bf16, .fp8, .fp4, .int8].compactMap { key in
      figure(key).map { "    \(key.rawValue): \($0)" }
    }
    let heading = """
      # Written by `windtunnel init hardware`. Figures are the datasheet's; what it does not say
      # is a relative's. `windtunnel check` finds what is wrong with the file, `windtunnel
      # calibrate` fits measured kernels.
      schema: windtunnel/hardware/1
      name: \(YAMLWriter.scalar(name))
      title: \(YAMLWriter.scalar("\(name), from its datasheet"))
      vendor: unknown
      kind: gpu
      release: {state: shipping, date: "\(date ?? "")"}
      sources:
        datasheet: \(YAMLWriter.scalar(source))\(guess)
      accelerator:
        # Dense FLOPs of one package, without sparsity.
        peak:
      """
    let memory = """
        memory:
          - name: memory
            technology: unknown
            capacity: \(figure(.memory) ?? "")
            bandwidth: \(figure(.bandwidth) ?? "")
      """
    return ([heading] + peaks + [memory] + power + efficiencies + links + price)
      .joined(separator: "\n") + "\n"
  }

  private var guess: String {
    domain > 1 ? "\n  nobody: \"assumed by windtunnel init: datasheets do not say it\"" : ""
  }

  private func figure(_ key: Key) -> String? {
    entries[key]?.text.map { "{value: \($0), status: datasheet, source: datasheet}" }
  }

  private var power: [String] {
    figure(.tdp).map { ["  power:", "    tdp: \($0)"] } ?? []
  }

  private var efficiencies: [String] {
    let like =
      relative.map { "{from: \($0), because: \"its nearest relative\"}" }
      ?? "{from: h100-sxm, status: assumed, because: \"nobody has timed its kernels\"}"
    return ["efficiencies:", "  inherit: \(like)"]
  }

  private var links: [String] {
    let host = figure(.host).map { ["host_link:", "  bandwidth: \($0)"] } ?? []
    guard domain > 1, let link = figure(.link) else {
      return ["scale_up: {domain: 1, topology: none}"] + host
    }
    return [
      "scale_up:", "  # Per direction and accelerator: datasheets often print both together.",
      "  domain: \(domain)", "  topology: switched", "  bandwidth: \(link)",
      "  latency: {value: 5 us, status: assumed, source: nobody}",
    ] + host + ["sold_by: {server: \(domain)}"]
  }

  private var price: [String] {
    entries[.rental]?.text.map { rent in
      let how = "status: datasheet, source: datasheet, date: \"\(date ?? "")\""
      return ["prices:", "  rental: {value: \(rent), \(how)}"]
    } ?? []
  }
}
