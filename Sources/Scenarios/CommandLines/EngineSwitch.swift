/// Options that turn something on, and what somebody writes behind one: `--enable-x=False`.
///
/// Servers take `--enable-x` and `--no-enable-x` alone, and a value is what its writer meant by it.
enum EngineSwitch {
  static let refusal = "it is on or off, and its value neither `true` nor `false`"

  /// Nil for what is neither on nor off.
  static func value(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "true", "1", "yes", "on": true
    case "false", "0", "no", "off": false
    default: nil
    }
  }

  /// The option that turns off what another turns on, and the other way round.
  static func opposite(of flag: EngineFlag, among flags: [EngineFlag]) -> EngineFlag? {
    let names = flag.names.map { $0.hasPrefix("no-") ? String($0.dropFirst(3)) : "no-" + $0 }
    return flags.first { $0.words == .none && !Set(names).isDisjoint(with: $0.names) }
  }
}
