internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Workloads

extension DeploymentChecks {
  /// The layout as the scenario writes it, what it leaves out being one of each. A dataflow
  /// machine's chips are the stages of a pipeline.
  var layout: ParallelLayout {
    if hardware.kind == .lpu { return ParallelLayout(pipeline: pool.layout.chips ?? 1) }
    return pool.layout.sizes.reduce(into: ParallelLayout()) { $0[$1.key] = $1.value }
  }

  func checkLayout() {
    if hardware.kind == .lpu { return checkChips() }
    if pool.layout.chips != nil {
      refuse(
        "layout-kind",
        "`chips` divides a model over a dataflow machine, and `\(hardware.name)` is a GPU",
        at: pool.place(of: "parallelism.chips"),
        hint: "set `\(path(of: "parallelism.tensor"))` instead")
    }
    for problem in LayoutRules(architecture, hardware).problems(of: layout) {
      refuse(
        problem.code, problem.message, at: pool.place(of: "parallelism.\(problem.key.rawValue)"),
        notes: problem.notes, hint: problem.hint.map { typed($0) })
    }
    if pool.engine.values.overlapsBatches, layout.expert == 1 {
      refuse(
        "overlap", "two batches overlap where tokens travel to their experts, and none do",
        at: pool.place(of: "scheduler.overlap_batches"),
        notes: ["tokens travel when whole experts are spread: `expert` is 1"],
        hint: "set `\(path(of: "parallelism.expert"))`, or leave "
          + "`\(path(of: "scheduler.overlap_batches"))` out")
    }
  }

  /// A compiled pipeline has no kernels that tokens choose matrices with.
  func checkAdapters() {
    guard scenario.adapters != nil, hardware.kind == .lpu || pool.feedForward != nil else { return }
    refuse(
      "adapters", "adapters are priced on GPUs, and `\(hardware.name)` is a dataflow machine",
      at: scenario.adaptersPlace, hint: "leave `adapters` out")
  }

  /// Images need what turns them into tokens, on a machine whose kernels are known.
  func checkMedia() {
    let workload = scenario.workload
    guard let item = workload.classes.first(where: { $0.media != nil }) else { return }
    let place = scenario.workloadPlace
    if scenario.mediaEncoder == nil {
      refuse(
        "media", "the images of `\(item.name)` need what turns them into tokens", at: place,
        hint: "add it as the model's card says it: `--set media_encoder='{parameters: 6.68e8, "
          + "layers: 32, width: 1280, patches_per_token: 4, window: 64, full_layers: 4}'`")
    } else if hardware.kind == .lpu {
      refuse(
        "media", "images are priced on GPUs, and `\(hardware.name)` is a dataflow machine",
        at: place, hint: "leave `media` out")
    }
  }

  /// A compiled pipeline has chips and nothing else to divide.
  private func checkChips() {
    let keys = pool.layout
    for key in LayoutDimension.allCases where keys.sizes[key] != nil {
      refuse(
        "layout-kind",
        "`\(key.rawValue)` divides a replica of GPUs, and `\(hardware.name)` is a dataflow machine",
        at: pool.place(of: "parallelism.\(key.rawValue)"),
        hint: "set `\(path(of: "parallelism.chips"))` instead")
    }
    if let missing = DataflowPlan.missingFigure(hardware, chips: keys.chips ?? 1) {
      refuse(
        "missing-figure",
        "a pipeline of \(keys.chips ?? 1) chips cannot be priced: `\(hardware.name)` has no "
          + "`\(missing)`",
        at: pool.hardware?.place ?? pool.place,
        hint: "give the figure in a copy of the profile: `windtunnel show hardware "
          + "\(hardware.name)`")
    }
    if pool.engine.values.overlapsBatches {
      refuse(
        "overlap", "two batches overlap on GPUs, and `\(hardware.name)` is a dataflow machine",
        at: pool.place(of: "scheduler.overlap_batches"),
        hint: "leave `\(path(of: "scheduler.overlap_batches"))` out")
    }
  }

  /// A change of the layout as it is typed.
  func typed(_ hint: LayoutRules.Hint) -> String {
    func name(_ key: LayoutDimension) -> String { "`\(path(of: "parallelism.\(key.rawValue)"))`" }
    switch hint {
    case .set(let key, let value): return "set \(name(key)) to \(value)"
    case .atMost(let key, let value): return "set \(name(key)) to \(value) or less"
    case .leaveOut(let key): return "leave \(name(key)) out"
    }
  }
}

/// What a layout must keep to on a machine, whatever the memory.
struct LayoutRules {
  enum Hint: Equatable {
    case set(LayoutDimension, Int)
    case atMost(LayoutDimension, Int)
    case leaveOut(LayoutDimension)
  }

  struct Problem {
    var code: String
    var key: LayoutDimension
    var message: String
    var notes: [String] = []
    var hint: Hint?
  }

  let architecture: Architecture
  let hardware: HardwareProfile

  init(_ architecture: Architecture, _ hardware: HardwareProfile) {
    self.architecture = architecture
    self.hardware = hardware
  }

  func accepts(_ layout: ParallelLayout) -> Bool { problems(of: layout).isEmpty }

  /// All that is wrong with a layout; a group that has no link is judged no further.
  func problems(of layout: ParallelLayout) -> [Problem] {
    let links = linkProblems(of: layout)
    return links + (links.isEmpty ? tensorProblems(of: layout) : [])
      + expertProblems(of: layout) + stageProblems(of: layout) + contextProblems(of: layout)
  }

  // MARK: Links

  /// Accelerators that reach each other without the network.
  var domain: Int {
    let link = hardware.scaleUp
    return link.bandwidth == nil || link.latency == nil ? 1 : link.domain
  }

  private func linkProblems(of layout: ParallelLayout) -> [Problem] {
    guard layout.tensor <= domain || hardware.scaleOut != nil && layout.tensor % domain == 0 else {
      return [
        Problem(
          code: "layout-domain", key: .tensor,
          message: "a tensor-parallel group of \(layout.tensor) does not fit the scale-up domain "
            + "of `\(hardware.name)`: \(domain)",
          notes: ["tensor ranks add up their results twice a layer, over the links of one domain"],
          hint: .atMost(.tensor, domain))
      ]
    }
    guard layout.accelerators > domain else { return [] }
    let key: LayoutDimension = layout.ranksPerStage > domain ? .attentionData : .pipeline
    if hardware.scaleOut == nil {
      return [
        Problem(
          code: "layout-network", key: key,
          message: "a replica of \(layout.accelerators) spans several scale-up domains of "
            + "`\(hardware.name)`, which has no network between them: \(domain)",
          notes: [arithmetic(of: layout)], hint: widest(key, in: layout))
      ]
    }
    guard layout.ranksPerStage > domain, layout.tensor <= domain, domain % layout.tensor != 0 else {
      return []
    }
    let nearest = (1...layout.tensor).last { domain % $0 == 0 }
    return [
      Problem(
        code: "layout-domain", key: .tensor,
        message: "tensor-parallel groups of \(layout.tensor) do not fill scale-up domains of "
          + "\(domain), and one would be cut between two",
        notes: [arithmetic(of: layout)], hint: nearest.map { .set(.tensor, $0) })
    ]
  }

  private func arithmetic(of layout: ParallelLayout) -> String {
    "\(layout.accelerators) = tensor \(layout.tensor) x attention_data \(layout.attentionData) "
      + "x pipeline \(layout.pipeline)"
  }

  private func widest(_ key: LayoutDimension, in layout: ParallelLayout) -> Hint? {
    let others = key == .pipeline ? layout.ranksPerStage : layout.tensor * layout.pipeline
    return others <= domain ? .atMost(key, domain / others) : nil
  }

  // MARK: Stages and contexts

  private func stageProblems(of layout: ParallelLayout) -> [Problem] {
    let layers = architecture.layerCount
    guard layout.pipeline > layers else { return [] }
    return [
      Problem(
        code: "layout-pipeline", key: .pipeline,
        message: "a pipeline of \(layout.pipeline) stages has more of them than the model has "
          + "layers: \(layers)",
        hint: .atMost(.pipeline, layers))
    ]
  }

  /// Context ranks share what would be copies of the same keys and values.
  private func contextProblems(of layout: ParallelLayout) -> [Problem] {
    guard layout.context > 1 else { return [] }
    func problem(_ message: String, _ notes: [String], _ hint: Hint?) -> [Problem] {
      [Problem(code: "layout-context", key: .context, message: message, notes: notes, hint: hint)]
    }
    guard let heads = fewestKeyValueHeads else {
      return problem(
        "`context` shares a sequence's keys and values, and the model keeps none: "
          + "`\(architecture.name)`", [], .leaveOut(.context))
    }
    let copies = max(1, layout.tensor / heads.count)
    guard copies % layout.context != 0 else { return [] }
    let nearest = (1...copies).last { copies % $0 == 0 && $0 <= layout.context } ?? 1
    return problem(
      "\(layout.context) context ranks do not divide the copies that \(layout.tensor) tensor ranks "
        + "hold of each key and value: \(copies)",
      ["copies = \(layout.tensor) tensor ranks / \(heads.count) \(heads.name)"],
      nearest > 1 ? .set(.context, nearest) : .leaveOut(.context))
  }

  /// The latent of MLA counts as one head, which every tensor rank has.
  private var fewestKeyValueHeads: (count: Int, name: String)? {
    architecture.groups.compactMap { group -> (count: Int, name: String)? in
      switch group.mixer {
      case .attention(let attention):
        attention.isBidirectional ? nil : (attention.keyValueHeads, "key-value heads")
      case .latentAttention, .compressedAttention: (1, "latent")
      case .recurrent, .none: nil
      }
    }.max { $0.count < $1.count }
  }
}
