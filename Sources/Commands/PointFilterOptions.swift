internal import ArgumentParser
internal import Validation

/// Which measured points are looked at.
struct PointFilterOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only points on these machines.", valueName: "name,..."))
  var hardware: [String] = []

  @Option(help: ArgumentHelp("Only points of these models.", valueName: "name,..."))
  var model: [String] = []

  @Option(help: ArgumentHelp("Only points of these serving engines.", valueName: "name,..."))
  var engine: [String] = []

  @Option(help: ArgumentHelp("Only points of these campaigns.", valueName: "name,..."))
  var family: [String] = []

  var filter: PointFilter {
    var chosen: [PointFilter.Column: [String]] = [:]
    for (column, words) in [
      (PointFilter.Column.hardware, hardware), (.model, model), (.engine, engine),
      (.family, family),
    ] where !words.isEmpty {
      chosen[column] = words.flatMap { $0.split(separator: ",").map(String.init) }
    }
    return PointFilter(chosen)
  }
}
