internal import Hardware

/// How the exchange of experts over one link follows from timings: a line through dispatch and
/// combine of all kernels that were built for few tokens, with bytes counted as each sends them.
///
/// The normal kernels of DeepEP start later and are for prompts; they are in the range of the
/// bandwidth, as are the other families alone, and not in the value. Of several settings of
/// processors theirs is the largest.
enum ExchangeRules {
  static func fit(_ all: [ExchangeTiming], over link: Figure?) -> FittedExchange? {
    let rows = all.filter { $0.family != .normal }
    guard let link, rows.count >= 4 else { return nil }
    let fit = lineFit(rows, link)
    let line = fit.line()
    let value = rounded(line.bytesPerSecond)
    let families = ExchangeTiming.Family.allCases.compactMap { family -> Double? in
      let own = all.filter { $0.family == family }
      let most = own.compactMap(\.processors).max()
      let used = own.filter { $0.processors == most }
      guard used.count >= 4 else { return nil }
      return rounded(lineFit(used, link).line().bytesPerSecond)
    }
    let ends = families + [value]
    let range = (ends.min() ?? value)...(ends.max() ?? value)
    return FittedExchange(
      latencySeconds: (line.latencySeconds * 1e7).rounded() / 1e7, bytesPerSecond: value,
      bytesPerSecondRange: range.lowerBound < range.upperBound ? range : nil,
      residual: FitDigits.share(fit.residual(of: [line])), data: FitData(rows.map(\.origin)))
  }

  private static func lineFit(_ rows: [ExchangeTiming], _ link: Figure) -> LineFit {
    LineFit(points: rows.map(\.point), highestBytesPerSecond: link.value)
  }

  /// To a gigabyte a second, below 100 of them to a tenth.
  private static func rounded(_ bytesPerSecond: Double) -> Double {
    let unit = bytesPerSecond < 100e9 ? 1e8 : 1e9
    return (bytesPerSecond / unit).rounded() * unit
  }
}
