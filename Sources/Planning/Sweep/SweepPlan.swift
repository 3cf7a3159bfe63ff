package import Diagnostics
internal import ParallelRuns
package import Requirements
package import Scenarios
internal import Statistics
internal import Workloads

/// The cases of a sweep, ready to be simulated in any order on any machine.
package struct SweepPlan: Sendable {
  /// Which axes a sweep has.
  package struct Request: Sendable {
    /// The axes in the order they were given.
    package var axes: [SweepAxis]
    package var clients: SweepAxis?
    /// Whether every layout of the machine is tried.
    package var variesLayout: Bool

    package init(axes: [SweepAxis] = [], clients: SweepAxis? = nil, variesLayout: Bool = false) {
      self.axes = axes
      self.clients = clients
      self.variesLayout = variesLayout
    }

    /// Without any wish: the load and the layout.
    func completed(for scenario: Scenario) throws(InvalidInput) -> Request {
      guard axes.isEmpty, clients == nil, !variesLayout else { return self }
      guard scenario.ways.isEmpty else { return Request(axes: [SweepAxis(scenario.ways)]) }
      guard DefaultSweep.isTrace(scenario) else {
        return Request(clients: try SweepAxis(clients: DefaultSweep.clients), variesLayout: true)
      }
      return Request(axes: [try SweepAxis(over: DefaultSweep.speeds)], variesLayout: true)
    }
  }

  package let header: SweepHeader
  package let grid: SweepGrid
  /// Files that the cases are made of, and names that might be files.
  package let inputFiles: [String]
  let file: ScenarioFile
  let overrides: [ConfigOverride]
  /// What every case must hold, beside what its scenario requires.
  let requirements: [Requirement]
  let catalogues: Catalogues
  /// Requests of each value of each axis over those of its first.
  private let shares: [[Double]]
  private let requests: Double

  /// - Parameters:
  ///   - requirements: that every case must hold, beside its scenario's own.
  ///   - tool: version of the program.
  ///   - catalogues: where names are looked up.
  ///   - files: that those rest on, as a price book.
  /// - Throws: `InvalidInput` with all that is wrong with the scenario or any value.
  package init(
    _ file: ScenarioFile, overrides: [ConfigOverride], _ request: Request,
    requiring requirements: [Requirement] = [], tool: String,
    from catalogues: Catalogues = .builtIn, restingOn files: [String] = []
  ) throws {
    var request = request
    if request.axes.isEmpty, request.clients == nil, !request.variesLayout {
      request = try request.completed(for: try file.scenario(overrides))
    }
    let axes = request.axes + [request.clients].compactMap { $0 }
    let survey = try SweepSurvey(
      file, overrides: overrides, grid: try SweepGrid(axes), from: catalogues)
    var all = axes
    var shares = axes.indices.map { axis in
      survey.requests[axis].map { Double($0) / Double(survey.requests[axis][0]) }
    }
    if request.variesLayout, let layouts = DefaultSweep.layouts(of: survey.names) {
      // Clients change fastest, so that a curve is a run of lines.
      all.insert(layouts, at: request.axes.count)
      shares.insert(layouts.values.map { _ in 1 }, at: request.axes.count)
    }
    grid = try SweepGrid(all)
    let settings = overrides.map { "\($0.path.joined(separator: "."))=\($0.value)" }
    var header = SweepHeader(
      tool: tool, scenario: survey.first.name, title: survey.first.title, settings: settings,
      requirements: requirements.isEmpty ? nil : requirements.map(\.text), seed: survey.first.seed,
      axes: all, cases: grid.count)
    var fingerprint = ContentFingerprint()
    fingerprint.add(try SweepJournal.line(header))
    fingerprint.add(file.text)
    for path in survey.files + files where path != file.file {
      fingerprint.add(fileAt: path)
    }
    header.fingerprint = fingerprint.text
    self.header = header
    self.file = file
    self.overrides = overrides
    self.requirements = requirements
    self.shares = shares
    self.catalogues = survey.catalogues
    inputFiles = survey.files + files
    requests = Double(survey.first.workload.requests)
  }

  /// Relative time that a case takes, about: setting up one costs as much as two thousand requests.
  package func weight(_ index: Int) -> Int {
    let factor = zip(shares, grid.positions(of: index)).reduce(1) { $0 * $1.0[$1.1] }
    return 2_000 + Int(min(1e12, requests * factor))
  }

  /// Simulates cases, the long ones first.
  ///
  /// - Parameters:
  ///   - indices: of the cases.
  ///   - finished: told of each as it is done, on whichever thread did it.
  package func run(
    _ indices: [Int], jobs: Int, isCancelled: @escaping @Sendable () -> Bool,
    finished: @escaping @Sendable (SweepRecord) -> Void
  ) {
    _ = ParallelCases.map(indices, jobs: jobs, weight: weight) { index in
      guard !isCancelled() else { return }
      if let record = record(of: index, isCancelled: isCancelled) { finished(record) }
    }
  }
}

/// A number for some contents, the same on every machine (FNV-1a with 64 bits).
struct ContentFingerprint {
  private var hash = ByteHash()

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ bytes: [UInt8]) {
    hash.add(bytes)
    // So that two contents are not one longer one.
    hash.add(UInt64(truncatingIfNeeded: bytes.count))
  }

  /// Unpacked, and piece by piece: a trace may be larger than this computer's memory. What cannot
  /// be read is the name of something that comes with the program.
  mutating func add(fileAt path: String) {
    var whole = hash
    var count: UInt64 = 0
    do {
      try TextFile.readPieces(path) { piece in
        whole.add(piece)
        count += UInt64(piece.count)
      }
    } catch {
      return
    }
    whole.add(count)
    hash = whole
  }

  var text: String { hash.value.hexadecimal }
}
