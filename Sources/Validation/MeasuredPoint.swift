package import OperatorCosts

/// One published serving measurement: what was run, and what came out.
///
/// Nil is unknown, never zero. The columns of the file are in `PointColumns`.
package struct MeasuredPoint: Equatable, Sendable {
  package enum Mode: String, CaseIterable, Sendable { case aggregated, disaggregated }
  package enum Load: String, CaseIterable, Sendable { case closed, open, offline }
  package enum Lengths: String, CaseIterable, Sendable {
    case fixed
    /// Each length drawn evenly between 0.8 and 1.0 of the nominal.
    case uniform = "uniform-0.8-1.0"
  }

  /// Workers of one kind and how each divides the model.
  package struct Workers: Equatable, Sendable {
    package var count: Int
    package var layout: ParallelLayout

    package init(count: Int, layout: ParallelLayout) {
      self.count = count
      self.layout = layout
    }

    package var accelerators: Int { count * layout.accelerators }
  }

  package var id: String
  /// The line of the file it stands in.
  package var line: Int
  /// Every cell as it was read, for output and for messages.
  package var cells: [String]

  /// The campaign it belongs to.
  package var family: String
  package var date: String
  package var hardware: String
  package var model: String
  package var weights: String
  package var keyValueCache: String
  package var engine: String
  package var engineVersion: String
  package var mode: Mode
  /// One group that serves, or one that prefills and one that decodes.
  package var workers: [Workers]
  package var inputTokens: Int
  package var outputTokens: Int
  package var lengths: Lengths
  package var load: Load
  package var concurrency: Int?
  /// Requests per second; infinite when all are sent at once.
  package var rate: Double?
  package var requests: Int?
  package var speculative: String
  package var grade: String
  package var measured: [Metric: Double]
  /// Whether the requests of an open load come at equal gaps, and not at random.
  package var isEvenlySpaced = false
  /// Different prompts, which a prefix cache finds again; nil where all are different.
  package var promptVariants: Int?
  /// Most sequences of a step that the engine was told, where the file says so.
  package var maximumSequences: Int?
  /// Most tokens of a step, where the file says so.
  package var tokenBudget: Int?
  /// Share of the memory that the engine may use, where the file says so.
  package var memoryFraction: Double?
  /// Columns that are empty and without which nothing can be simulated.
  package var unknown: [String] = []

  package var accelerators: Int { workers.reduce(0) { $0 + $1.accelerators } }

  package init(
    id: String, line: Int, cells: [String], family: String, date: String, hardware: String,
    model: String, weights: String, keyValueCache: String, engine: String, engineVersion: String,
    mode: Mode, workers: [Workers], inputTokens: Int, outputTokens: Int, lengths: Lengths,
    load: Load, concurrency: Int?, rate: Double?, requests: Int?, speculative: String,
    grade: String, measured: [Metric: Double]
  ) {
    self.id = id
    self.line = line
    self.cells = cells
    self.family = family
    self.date = date
    self.hardware = hardware
    self.model = model
    self.weights = weights
    self.keyValueCache = keyValueCache
    self.engine = engine
    self.engineVersion = engineVersion
    self.mode = mode
    self.workers = workers
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.lengths = lengths
    self.load = load
    self.concurrency = concurrency
    self.rate = rate
    self.requests = requests
    self.speculative = speculative
    self.grade = grade
    self.measured = measured
  }
}

extension MeasuredPoint {
  /// Why a point is reported apart from the rest.
  package enum Apartness: String, CaseIterable, Sendable {
    /// Handed on without what the run was.
    case lowGrade = "grade B"
    /// What is simulated is the engines of 2025 and later.
    case oldEngine = "engines of before 2025"
  }

  package var apartness: Apartness? {
    if grade == "B" { return .lowGrade }
    return isOfOldEngine ? .oldEngine : nil
  }

  /// A measurement of 2024, or of a release of TensorRT-LLM before 0.18.
  var isOfOldEngine: Bool {
    if let year = Int(date.drop { $0 == "~" }.prefix(4)), year < 2025 { return true }
    guard engine == "tensorrt-llm" else { return false }
    let version = engineVersion.hasPrefix("v") ? engineVersion.dropFirst() : engineVersion[...]
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0] == "0" else { return false }
    return Int(parts[1].prefix { $0.isNumber }).map { $0 < 18 } ?? false
  }
}

/// What is compared, in the units of the column's name.
package enum Metric: String, CaseIterable, Sendable {
  case outputThroughput = "output_tok_s_per_gpu"
  case totalThroughput = "total_tok_s_per_gpu"
  case meanTimeToFirstToken = "ttft_ms_mean"
  case medianTimeToFirstToken = "ttft_ms_median"
  case meanTimePerOutputToken = "tpot_ms_mean"
  case medianTimePerOutputToken = "tpot_ms_median"
  /// Power of one accelerator, without its share of the system [W].
  case acceleratorPower = "power_w_per_gpu"
  /// Energy of all accelerators over the tokens of the answers [J].
  case energyPerToken = "joules_per_output_token"

  /// Those whose columns every file has.
  static let required = allCases.filter { $0 != .acceleratorPower && $0 != .energyPerToken }

  var isOfFirstToken: Bool { self == .meanTimeToFirstToken || self == .medianTimeToFirstToken }
}
