internal import Diagnostics

extension Scenario {
  /// Names of profiles and models that are files beside the scenario, as they are from here.
  ///
  /// What was typed on the command line is from where it was typed; a name that is no file there
  /// stays as it is.
  mutating func resolveFiles(in directory: String, _ overrides: [ConfigOverride]) {
    guard !directory.isEmpty else { return }
    func isTyped(_ place: Place) -> Bool {
      let path = place.path
      return overrides.contains { override in
        let typed = override.path.joined(separator: ".")
        return path == typed || path.hasPrefix(typed + ".")
      }
    }
    func resolve(_ reference: inout Reference) {
      let name = reference.name
      guard name.contains("/") || name.contains("."), !name.hasPrefix("/") else { return }
      guard !isTyped(reference.place), TextFile.exists(directory + name) else { return }
      reference.name = directory + name
    }
    resolve(&model)
    for index in pools.indices {
      if var hardware = pools[index].hardware {
        resolve(&hardware)
        pools[index].hardware = hardware
      }
      if var draft = pools[index].speculation?.model {
        resolve(&draft)
        pools[index].speculation?.model = draft
      }
      if var chips = pools[index].feedForward?.hardware {
        resolve(&chips)
        pools[index].feedForward?.hardware = chips
      }
    }
  }
}
