internal import Synchronization
internal import Units

/// What readers ask of a file's values: which keys, and what they take them for.
///
/// A schema is what readers were seen to ask (`SchemaExplorer`), so it cannot differ from them.
/// Places are patterns: `/workload/classes/[]/share`, `/sources/*`.
final class ConfigObserver: Sendable {
  /// Sources of files with this name tell the observer of the task.
  static let probedFile = "(schema)"
  @TaskLocal static var current: ConfigObserver?

  /// What a value is taken for.
  enum Kind: Hashable {
    case mapping
    case list
    case text
    case boolean
    case integer(ClosedRange<Int>)
    case number(Bounds)
    case quantity(Dimension)
    case choice([String])
  }

  struct Sight {
    var kinds: [Kind] = []
    /// In the order in which they are asked for.
    var keys: [String] = []
    /// Whether other keys are taken, under names of their own.
    var takesNames = false
    /// How often its keys were read, and how often each was needed.
    var readings = 0
    var needs: [String: Int] = [:]
    /// Whether its form was looked at before it was read.
    var isForked = false
  }

  private let sights = Mutex<[String: Sight]>([:])

  var seen: [String: Sight] { sights.withLock { $0 } }

  func takes(_ pattern: String, as kind: Kind) {
    change(pattern) { if !$0.kinds.contains(kind) { $0.kinds.append(kind) } }
  }

  func reads(_ pattern: String) { change(pattern) { $0.readings += 1 } }

  func asks(_ pattern: String, for key: String) {
    change(pattern) { if !$0.keys.contains(key) { $0.keys.append(key) } }
  }

  func needs(_ pattern: String, _ key: String) {
    change(pattern) { $0.needs[key, default: 0] += 1 }
  }

  func takesNames(_ pattern: String) { change(pattern) { $0.takesNames = true } }

  func forks(_ pattern: String) { change(pattern) { $0.isForked = true } }

  private func change(_ pattern: String, _ edit: (inout Sight) -> Void) {
    sights.withLock { edit(&$0[pattern, default: Sight()]) }
  }
}
