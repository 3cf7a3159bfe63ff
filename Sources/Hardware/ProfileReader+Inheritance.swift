internal import Diagnostics

/// What a machine takes over from a relative that somebody measured.
///
///     efficiencies:
///       inherit: {from: h100-sxm, because: "the same GH100 chip on a card"}
///
/// A share of a peak that the relative's kernels reach is the best guess for the same kernels on a
/// chip of the same make, and never more than a guess: what is taken over is `estimated`, or
/// `assumed` where the file says so, and has no residual. What the file gives itself stands before.
struct Inheritance {
  let name: String
  let relative: HardwareProfile
  private let status: Status
  private let because: String

  fileprivate init(name: String, relative: HardwareProfile, status: Status, because: String) {
    self.name = name
    self.relative = relative
    self.status = status
    self.because = because
  }

  func provenance(_ original: Provenance) -> Provenance {
    Provenance(
      status: .weakest(status, original.status), source: "\(name)/\(original.source)",
      citation: "profile `\(name)`: \(original.citation)", date: original.date,
      note: "as `\(name)`: \(because)")
  }

  func figure(_ original: Figure) -> Figure {
    var figure = original
    figure.provenance = provenance(original.provenance)
    return figure
  }

  func efficiency(_ original: Efficiency) -> Efficiency {
    var efficiency = original
    efficiency.provenance = provenance(original.provenance)
    efficiency.residual = nil
    return efficiency
  }

  /// Without the points behind them, which are another machine's.
  func curves(_ kind: CollectiveKind, within domain: Int) -> [CollectiveCurve] {
    relative.scaleUp.curves(kind).filter { $0.ranks <= domain }.map { original in
      var curve = original
      curve.provenance = provenance(original.provenance)
      (curve.measured, curve.residual) = ([], nil)
      return curve
    }
  }
}

extension ProfileReader {
  private enum Trust: String, CaseIterable { case estimated, assumed }

  /// The relative that `inherit` of a section names.
  func inheritance(_ section: ConfigMapping) -> Inheritance? {
    guard let node = section.optional("inherit") else { return nil }
    if isRelative {
      // Two profiles that name each other would never end.
      node.report("inherit", "a profile that others inherit from must not inherit: `\(node.path)`")
      return nil
    }
    let map = node.mapping()
    let from = map.required("from")
    let name = words(from)
    let because = words(map.required("because"))
    let trust = map.optional("status").map { choice($0, default: Trust.estimated) } ?? .estimated
    map.finish()
    guard let name, let because, let trust, let from else { return nil }
    guard let relative = relative(name, at: from) else { return nil }
    return Inheritance(
      name: name, relative: relative, status: trust == .assumed ? .assumed : .estimated,
      because: because)
  }

  /// Read once, though several sections name it.
  private func relative(_ name: String, at node: ConfigNode) -> HardwareProfile? {
    if let known = relatives[name] { return known }
    do {
      let relative = try HardwareCatalogue.builtIn(name, isRelative: true)
      guard let relative else {
        node.report(
          "unknown-relative",
          "`\(node.path)` is not a machine that comes with the program: \(name)",
          hint: Suggestion.nearest(to: name, in: HardwareCatalogue.names)
            .map { "did you mean `\($0)`?" })
        return nil
      }
      relatives[name] = relative
      return relative
    } catch {
      node.report(
        "inherit", "`\(name)` inherits itself: `\(node.path)`",
        hint: "inherit from the machine that it inherits from")
      return nil
    }
  }
}
