internal import Scenarios

extension MeasuredPoint {
  /// The profile of the engine as it was measured: of the release that the row names, else of the
  /// one that had come out at its date; the newest where it says neither.
  package var engineProfile: String {
    guard let generations = Self.generations[engine], generations.count > 1 else { return engine }
    let stated = Self.release(in: engineVersion).flatMap { release in
      generations.first { $0.since.map { $0 <= release } ?? false }
    }
    let day = date.drop { !$0.isNumber }
    let dated =
      day.isEmpty ? nil : generations.first { $0.published.map { $0 <= day.prefix(7) } ?? false }
    return (stated ?? dated)?.name ?? engine
  }

  /// The first release in a text: 0.5.12 of `lmsysorg/sglang:v0.5.12-cu130`, none of `rocm7.1`.
  static func release(in text: String) -> EngineRelease? {
    let separators: Set<Character> = ["v", "~", ":", "-", "(", " ", "|"]
    var previous: Character = " "
    for index in text.indices {
      if text[index].isNumber, separators.contains(previous) {
        let number = text[index...].prefix { $0.isNumber || $0 == "." }
        if number.contains(".") { return EngineRelease(number) }
      }
      previous = text[index]
    }
    return nil
  }

  /// Generations of the engines in the binary, the newest first.
  private static let generations: [String: [EngineProfile]] = {
    let families = Set(EngineCatalogue.names.map { EngineProfile.family(of: $0) })
    return families.reduce(into: [:]) { table, family in
      table[family] = try? EngineCatalogue.generations(of: family)
    }
  }()
}
