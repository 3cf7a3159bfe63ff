extension Catalogues {
  /// These catalogues with some names looked up once, for many scenarios that use them: reading a
  /// profile takes longer than most simulations. What is wrong with a name is kept too.
  package func preloading(
    models: Set<String>, hardware machines: Set<String>, engines: Set<String>
  ) -> Catalogues {
    var preloaded = self
    preloaded.model = Self.preloaded(models, model)
    preloaded.hardware = Self.preloaded(machines, hardware)
    preloaded.engine = Self.preloaded(engines, engine)
    return preloaded
  }

  private static func preloaded<Value: Sendable>(
    _ names: Set<String>, _ load: @escaping @Sendable (String) throws -> Value
  ) -> @Sendable (String) throws -> Value {
    let found = Dictionary(
      uniqueKeysWithValues: names.map { name in (name, Result { try load(name) }) })
    return { name in try found[name]?.get() ?? load(name) }
  }
}
