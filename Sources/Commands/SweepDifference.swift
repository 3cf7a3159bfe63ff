internal import Planning

/// In what a file's sweep is not the one that is wanted.
struct SweepDifference {
  let text: String

  init(between found: SweepHeader, and wanted: SweepHeader) {
    func pair(_ what: String, _ one: String, _ other: String) -> String {
      "its \(what) is `\(one)`, and here it is `\(other)`"
    }
    func shard(_ header: SweepHeader) -> String {
      header.shard.map { "\($0.index)/\($0.count)" } ?? "none"
    }
    if found.scenario != wanted.scenario {
      text = pair("scenario", found.scenario, wanted.scenario)
    } else if found.axes.map(\.name) != wanted.axes.map(\.name) {
      text = pair("list of axes", Self.list(found.axes), Self.list(wanted.axes))
    } else if let (one, other) = zip(found.axes, wanted.axes).first(where: { $0 != $1 }) {
      text = "it has other values of `\(one.name)`: \(one.values.count), here \(other.values.count)"
    } else if found.seed != wanted.seed {
      text = pair("seed", "\(found.seed)", "\(wanted.seed)")
    } else if found.settings != wanted.settings {
      text = "the scenario is changed by other options"
    } else if found.requirements != wanted.requirements {
      func words(_ header: SweepHeader) -> String {
        header.requirements?.joined(separator: ", ") ?? "nothing"
      }
      text = "it requires \(words(found)), and here it is \(words(wanted))"
    } else if found.tool != wanted.tool {
      text = pair("program", found.tool, wanted.tool)
    } else if found.fingerprint != wanted.fingerprint {
      text = "a file that it is made of has changed: the scenario, or one that it names"
    } else {
      text = pair("shard", shard(found), shard(wanted))
    }
  }

  private static func list(_ axes: [SweepAxis]) -> String {
    axes.map(\.name).joined(separator: ", ")
  }
}
