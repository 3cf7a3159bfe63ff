import Statistics

/// One case: what is tried, as a text from which lines can be left out.
struct Case {
  enum Kind: String, CaseIterable {
    /// A cluster of constructed machines, fast-forward against stepwise.
    case cluster
    /// A replica against the scheduler that is written again.
    case reference
    /// A scenario's file, through all of the program but its command line.
    case scenario
    /// A file that is broken somewhere.
    case broken
    /// A search with a small budget.
    case search
    /// A scenario's file, sound or broken, given to the program itself.
    case command
  }

  let kind: Kind
  private let seed: UInt64
  /// Of a file.
  private(set) var lines: [String] = []
  private var file = FileKind.scenario

  init(seed: UInt64, number: UInt64) {
    var random = RandomStream(seed: seed &* 0x9e37_79b9 &+ number, name: "torture")
    self.seed = random.nextBits() >> 16
    switch random.integer(in: 0...99) {
    case ..<43: kind = .cluster
    case ..<63: kind = .reference
    case ..<80: kind = .scenario
    case ..<97: kind = .broken
    case 97: kind = .search
    default: kind = .command
    }
    switch kind {
    case .cluster, .reference: break
    case .scenario: lines = ScenarioText.lines(&random)
    case .search: lines = ScenarioText.lines(&random, forSearch: true)
    case .command:
      lines = ScenarioText.lines(&random)
      if random.integer(in: 0...1) == 0 { lines = Breaking.broken(lines, &random) }
    case .broken:
      file = FileKind.allCases[random.integer(in: 0...FileKind.allCases.count - 1)]
      lines = Breaking.broken(file.sample(&random), &random)
    }
  }

  var text: String {
    switch kind {
    case .cluster: RandomCluster(seed: seed).description
    case .reference: RandomScenario(seed: seed).description
    case .scenario, .search, .command: lines.joined(separator: "\n") + "\n"
    case .broken: "# \(file.rawValue)\n" + lines.joined(separator: "\n") + "\n"
    }
  }

  /// What is wrong, if anything.
  func fault(on bench: Bench) -> String? {
    switch kind {
    case .cluster: ModesCheck.fault(RandomCluster(seed: seed))
    case .reference: ReferenceCheck.fault(RandomScenario(seed: seed))
    case .scenario: ScenarioCheck.fault(contents, on: bench)
    case .search: SearchCheck.fault(contents, on: bench)
    case .broken: file.fault(contents, on: bench)
    case .command: CommandCheck.fault(contents, variant: Int(seed % 280), on: bench)
    }
  }

  /// A file that was broken keeps its end: it may be what is wrong with it.
  private var contents: String {
    kind == .broken ? lines.joined(separator: "\n") : text
  }

  /// Leaves lines out while what is wrong stays.
  mutating func minimise(keeping fault: String, on bench: Bench, before each: () -> Void) {
    let words = Self.gist(fault)
    for index in lines.indices.reversed() where lines.count > 1 {
      var less = self
      less.lines.remove(at: index)
      each()
      if let found = less.fault(on: bench), Self.gist(found) == words { self = less }
    }
  }

  /// What a fault is, without its figures.
  private static func gist(_ fault: String) -> Substring { fault.prefix { $0 != ":" } }
}
