import Diagnostics
import Testing

/// The printed problems of reading a text, in the order a person sees them; none when it is sound.
func problems(
  in text: String, set overrides: [String] = [], read: (ConfigMapping) -> Void
) -> [String] {
  do {
    let source = ConfigSource(file: "a.yaml", kind: "scenario")
    let root = try source.parse(text, overrides: overrides.map(ConfigOverride.init(argument:)))
    let map = root.mapping()
    read(map)
    map.finish()
    try source.check()
    return []
  } catch let error as InvalidInput {
    return error.diagnostics.map(\.text)
  } catch {
    return ["\(error)"]
  }
}

/// The single printed problem of reading key `x` of a text.
func problem(
  _ text: String, set overrides: [String] = [], read: (ConfigNode) -> Void
) -> String {
  let found = problems(in: text, set: overrides) { map in map.required("x").map(read) }
  return found.joined(separator: "\n")
}
