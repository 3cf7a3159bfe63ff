internal import Units

/// The figures behind a result and how sure each of them is.
package struct ReportProvenance: Encodable, Equatable, Sendable {
  package enum Behind: String, Encodable, CaseIterable, Sendable {
    case performance, energy, cost
  }

  package struct Entry: Encodable, Equatable, Sendable {
    /// `hardware` (with its name where there are several), `engine` or `power model`, and the key
    /// path there.
    package var from: String
    package var path: String
    package var value: String?
    package var status: String
    package var source: String
    /// Which part of the results rests on it.
    package var behind: Behind
    /// How much of the steps' time is in proportion to it; absent of what decides no step's time.
    package var share: Double?
    /// The number with the largest share, of a figure that has several: `memory 0.804`.
    package var leading: String?

    package init(
      from: String, path: String, value: String?, status: String, source: String, behind: Behind,
      share: Double? = nil, leading: String? = nil
    ) {
      self.from = from
      self.path = path
      self.value = value
      self.status = status
      self.source = source
      self.behind = behind
      self.share = share
      self.leading = leading
    }
  }

  package struct Weakest: Encodable, Equatable, Sendable {
    package var performance: String
    package var energy: String?
    package var cost: String?

    package init(performance: String, energy: String?, cost: String?) {
      self.performance = performance
      self.energy = energy
      self.cost = cost
    }
  }

  /// The weakest status of all figures below.
  package var weakest: String
  package var weakestBehind: Weakest
  package var figures: [Entry]

  package init(weakest: String, weakestBehind: Weakest, figures: [Entry]) {
    self.weakest = weakest
    self.weakestBehind = weakestBehind
    self.figures = figures
  }

  /// The figures that deserve a doubt. Of those that nobody measured and no datasheet has, the one
  /// that most of the steps' time rests on, and that of the weakest status if it is another.
  package var doubtful: [Entry] {
    let known = ["measured", "datasheet"]
    let timed = figures.filter { $0.share ?? 0 > 0 && !known.contains($0.status) }
      .sorted { $0.share ?? 0 > $1.share ?? 0 }
    guard let largest = timed.first else { return [] }
    let weakest = timed.first { $0.status == weakestBehind.performance }
    return [largest] + (weakest.map { $0.status == largest.status ? [] : [$0] } ?? [])
  }
}

extension ReportProvenance.Entry {
  /// `41 % on attention_decode.fp8 memory 0.804, fitted`
  package var words: String {
    let kernels = "efficiencies."
    let name = path.hasPrefix(kernels) ? String(path.dropFirst(kernels.count)) : path
    // Of a row of several numbers without a leading one the path says enough.
    let number = leading ?? value.flatMap { $0.contains(",") ? nil : $0 } ?? ""
    return "\(percent) % on \(name)\(number.isEmpty ? "" : " \(number)"), \(status)"
  }

  package var percent: String {
    let percent = (share ?? 0) * 100
    return percent < 0.95 ? "under 1" : NumberText.fixed(percent, 0)
  }
}
