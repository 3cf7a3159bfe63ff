package import Hardware
internal import Units

// Figures that are more than one number, in words for one line.
extension HardwareProfile {
  /// What stands at a key path: `4.8 TB/s`, `compute 0.79, memory 0.88, floor 5.19 us`.
  package func words(at path: String) -> String? {
    if let figure = figures.first(where: { $0.path == path })?.figure { return figure.text }
    for operation in OperatorClass.allCases {
      for arithmetic in efficiencies.arithmetics(of: operation) {
        guard path == "efficiencies.\(operation.rawValue).\(arithmetic.rawValue)" else { continue }
        return efficiency(of: operation, arithmetic)?.words
      }
    }
    return scaleUp.collectives.first { self.path(of: $0) == path }?.words
  }
}

extension ProfileNumber {
  /// `memory 0.804`, `floor 8.50 us`; nil of a figure, which has words of its own.
  var words: String? {
    part.map { part in
      let name = part.split(separator: ".").last.map(String.init) ?? part
      let value =
        switch name {
        case "floor", "latency", "depth_latency":
          NumberText.quantity(value, .seconds, digits: 3)
        case "bandwidth": NumberText.quantity(value, .bytesPerSecond, digits: 3)
        default: NumberText.significant(value, 3)
        }
      return "\(name) \(value)"
    }
  }
}

extension Efficiency {
  fileprivate var words: String {
    var parts: [String] = []
    if let compute { parts.append("compute \(NumberText.significant(compute, 3))") }
    if let memory { parts.append("memory \(NumberText.significant(memory, 3))") }
    parts.append("floor \(NumberText.quantity(floorSeconds, .seconds, digits: 3))")
    if let residual { parts.append("off by \(NumberText.fixed(residual * 100, 1)) %") }
    return parts.joined(separator: ", ")
  }
}

extension CollectiveCurve {
  fileprivate var words: String {
    let choices = lines.map { line in
      NumberText.quantity(line.latencySeconds, .seconds, digits: 3) + " + bytes / "
        + NumberText.quantity(line.bytesPerSecond, .bytesPerSecond, digits: 3)
    }
    return "\(ranks) ranks: " + choices.joined(separator: " or ")
  }
}

extension Figure {
  /// `4.5 to 4.8 TB/s`, in the units a person would choose; nil without a range.
  package var rangeWords: String? {
    guard let low, let high else { return nil }
    return "\(NumberText.quantity(low, dimension, digits: 3)) to "
      + NumberText.quantity(high, dimension, digits: 3)
  }
}
