/// What a sweep is, by which its file and the files of its shards are known: their first line.
package struct SweepHeader: Codable, Equatable, Sendable {
  package static let currentSchema = "windtunnel/sweep/1"

  package var schema = Self.currentSchema
  /// Version of the program.
  package var tool: String
  package var scenario: String
  package var title: String
  /// Settings of the scenario that are the same in every case.
  package var settings: [String]
  /// What the command line requires of every case, as it would be typed; nil for nothing.
  package var requirements: [String]?
  package var seed: UInt64
  package var axes: [SweepAxis]
  package var cases: Int
  /// Fingerprint of all that decides what the lines say: the scenario, its settings and axes, and
  /// the files that are read.
  package var fingerprint: String
  /// The part of the sweep; nil for the whole.
  package var shard: SweepShard?

  package init(
    tool: String, scenario: String, title: String, settings: [String],
    requirements: [String]? = nil, seed: UInt64, axes: [SweepAxis], cases: Int,
    fingerprint: String = "", shard: SweepShard? = nil
  ) {
    self.tool = tool
    self.scenario = scenario
    self.title = title
    self.settings = settings
    self.requirements = requirements
    self.seed = seed
    self.axes = axes
    self.cases = cases
    self.fingerprint = fingerprint
    self.shard = shard
  }

  /// The header of the whole sweep, whichever part of it this is.
  package var whole: SweepHeader {
    var header = self
    header.shard = nil
    return header
  }

  package func includes(_ index: Int) -> Bool {
    (0..<cases).contains(index) && (shard ?? .whole).contains(index)
  }

  /// How many cases it has itself.
  package var count: Int {
    let shard = shard ?? .whole
    return (cases - shard.index + shard.count - 1) / shard.count
  }
}

/// What came of one case.
package struct SweepRecord: Codable, Equatable, Sendable {
  /// Why a case was not simulated.
  package struct Refusal: Codable, Equatable, Sendable {
    package var code: String
    package var message: String
    package var path: String?
    package var notes: [String]?
    package var hint: String?

    package init(
      code: String, message: String, path: String? = nil, notes: [String]? = nil,
      hint: String? = nil
    ) {
      self.code = code
      self.message = message
      self.path = path
      self.notes = notes
      self.hint = hint
    }
  }

  package var index: Int
  /// Label of its value by name of the axis.
  package var at: [String: String]
  /// What `--set` takes to simulate it alone.
  package var settings: [String]
  package var accelerators: Int?
  /// `overloaded` or `undecided` where requests come faster than they are served, or nearly so.
  package var load: String?
  /// What it misses of what is required, in words; empty where it holds all of it, and nil where
  /// nothing is required.
  package var missed: [String]?
  /// Figures by their names, in base units; absent where nobody can know them.
  package var figures: [String: Double]?
  /// Fingerprint of the case's run.
  package var fingerprint: String?
  package var refused: [Refusal]?
  /// Laws of the simulator that broke: a fault of the program.
  package var brokenLaws: [String]?

  package init(index: Int, at: [String: String], settings: [String]) {
    self.index = index
    self.at = at
    self.settings = settings
  }

  private enum CodingKeys: String, CodingKey {
    case index, at, settings, accelerators, load, missed, figures, fingerprint, refused
    case brokenLaws = "broken_laws"
  }

  /// Whether it can be chosen: it holds what is required, and its figures are of the workload.
  package var isEligible: Bool { isServed && missed?.isEmpty ?? true }

  /// Whether nearly every request was served: else its figures are of another, easier workload.
  package var isServed: Bool {
    guard let figures, let rejected = figures["rejected.share"], let lost = figures["lost.share"]
    else { return false }
    return rejected + lost <= ServiceLevel.mostRefused
  }
}
