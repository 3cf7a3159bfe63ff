internal import Documents
internal import Planning
internal import Rendering

/// Cases that are not on the frontier, and why.
extension SweepReport {
  private static let mostShown = 8

  var overloads: [Item] {
    list(results.cases.filter { $0.load != nil }) { record in
      let share = record.figures?["load.utilisation"].map {
        ", \(Words.percent($0)) of what can be served"
      }
      return "\(record.load ?? "")\(share ?? "")"
    }
  }

  /// What the others miss of what is required; those that are overloaded miss everything.
  var misses: [Item] {
    list(results.cases.filter { $0.load == nil && $0.missed?.isEmpty == false }) { record in
      (record.missed ?? []).joined(separator: "; ")
    }
  }

  /// A line for each case, as long as there are not too many.
  private func list(_ records: [SweepRecord], _ words: (SweepRecord) -> String) -> [Item] {
    let shown = records.prefix(Self.mostShown).map { record in
      "\(labels(of: record)): \(words(record))"
    }
    let rest = records.count - shown.count
    return (shown + (rest > 0 ? ["and \(Words.count(rest)) more"] : [])).map { Item(.words($0)) }
  }

  /// Each reason once, with how many cases it has and what they have in common.
  var refusals: [Item] {
    var reasons: [String] = []
    var cases: [String: [SweepRecord]] = [:]
    for record in results.cases {
      guard let reason = record.refused?.first?.message else { continue }
      if cases[reason] == nil { reasons.append(reason) }
      cases[reason, default: []].append(record)
    }
    let lines = reasons.prefix(Self.mostShown).map { reason in
      let records = cases[reason] ?? []
      let common = zip(axisNames, inputs.axes).compactMap { name, axis -> String? in
        let labels = Set(records.map { $0.at[axis.name] ?? "" })
        return labels.count == 1 && axis.values.count > 1 ? "\(name) \(labels.first!)" : nil
      }
      let place = common.isEmpty ? "" : common.joined(separator: ", ") + ": "
      return "\(place)\(reason) (\(Words.count(records.count)))"
    }
    let rest = reasons.dropFirst(Self.mostShown).reduce(0) { $0 + (cases[$1]?.count ?? 0) }
    return (lines + (rest > 0 ? ["and \(Words.count(rest)) more for other reasons"] : []))
      .map { Item(.words($0)) }
  }
}
