package import Hardware
package import ModelArchitecture

/// Where a scenario's names are looked up: a name or a path to a profile or model.
///
/// Another one than `builtIn` serves many scenarios from profiles that were read once, or from
/// profiles that were changed for an experiment. Each throws `InvalidInput` for what it does not
/// know and `FileFailure` for what cannot be read.
package struct Catalogues: Sendable {
  package var model: @Sendable (String) throws -> Architecture
  package var hardware: @Sendable (String) throws -> HardwareProfile
  package var engine: @Sendable (String) throws -> EngineProfile
  /// That deployments are weighed against.
  package var api: APIPrice?

  package init(
    model: @escaping @Sendable (String) throws -> Architecture,
    hardware: @escaping @Sendable (String) throws -> HardwareProfile,
    engine: @escaping @Sendable (String) throws -> EngineProfile
  ) {
    self.model = model
    self.hardware = hardware
    self.engine = engine
  }

  /// The catalogues that travel inside the binary, and files.
  package static let builtIn = Catalogues(
    model: { try ModelCatalogue.load(nameOrPath: $0) },
    hardware: { try HardwareCatalogue.load(nameOrPath: $0) },
    engine: { try EngineCatalogue.load(nameOrPath: $0) })
}
