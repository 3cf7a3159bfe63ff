internal import Diagnostics
internal import Hardware

/// A system of the tables and the profile it belongs to.
///
/// `h200_sxm` is the profile `h200-sxm`; `gb200` is the only one whose name goes on after it,
/// `gb200-nvl72`.
struct CalibratedMachine {
  let system: String
  let profile: HardwareProfile

  static func all(in systems: [String], named name: String?) throws -> [CalibratedMachine] {
    guard let name else {
      var unknown: [Diagnostic] = []
      let found = try systems.compactMap { system -> CalibratedMachine? in
        guard let profile = profileName(of: system, among: HardwareCatalogue.names) else {
          unknown.append(unknownSystem(system))
          return nil
        }
        return CalibratedMachine(
          system: system, profile: try HardwareCatalogue.load(nameOrPath: profile))
      }
      guard unknown.isEmpty else { throw InvalidInput(unknown) }
      return found
    }
    let profile = try HardwareCatalogue.load(nameOrPath: name)
    let known = HardwareCatalogue.names + [profile.name]
    guard let system = systems.first(where: { profileName(of: $0, among: known) == profile.name })
    else {
      throw InvalidInput(
        Diagnostic(
          code: "calibrate/no-timings", "the files have no timings of `\(profile.name)`",
          notes: ["systems in the files: \(systems.joined(separator: ", "))"],
          hint: "a row's `system` is the profile's name, as \(profile.name.underscored)"))
    }
    return [CalibratedMachine(system: system, profile: profile)]
  }

  private static func profileName(of system: String, among names: [String]) -> String? {
    let plain = system.replacing("_", with: "-")
    if names.contains(plain) { return plain }
    let longer = Set(names.filter { $0.hasPrefix(plain + "-") })
    return longer.count == 1 ? longer.first : nil
  }

  private static func unknownSystem(_ system: String) -> Diagnostic {
    let plain = system.replacing("_", with: "-")
    let nearest = Suggestion.nearest(to: plain, in: HardwareCatalogue.names)
    return Diagnostic(
      code: "calibrate/unknown-system", "no hardware profile belongs to the system `\(system)`",
      notes: ["known profiles: `windtunnel list hardware`"],
      hint: nearest.map { "is it `\($0)`? write \($0.underscored)" }
        ?? "copy the nearest profile, and give it with `--hardware FILE`")
  }
}

extension String {
  fileprivate var underscored: String { "`\(replacing("-", with: "_"))`" }
}
