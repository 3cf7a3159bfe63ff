internal import Hardware
internal import ModelArchitecture

/// One stage of the pipeline: a layer, the output head, or the embedding table, with its chips.
///
/// Every chip holds the same number of weight bytes, so a stage has
///
///     c = C · w / W
///
/// chips: C of the machine, w and W the weight bytes of the stage and of the model. Below 1,
/// several stages share a chip. Placement rounds to whole chips in a real machine; the remainder
/// is small beside the efficiencies. The figures below are those of a single chip that did the
/// whole stage; c of them take 1 / c of the time.
struct DataflowStage: Sendable {
  /// Layers of this kind, each a stage of its own.
  let layers: Int
  let matrices: DataflowMatrices
  /// Bytes of a table that is looked up and not multiplied.
  let tableBytes: Double
  let kernels: [(kernel: AttentionKernel, rate: KernelRate)]
  /// State updates of a recurrent layer: work of one token, state read and written.
  private let recurrence: (flops: Double, stateBytes: Double, rate: KernelRate)?
  /// Whether all tokens pass it, or only those whose successor is drawn.
  let isHead: Bool

  init(_ group: LayerGroup, _ parameters: LayerParameters, _ design: ReplicaDesign) {
    let formats = DataflowFormats(design.precision.weights, on: design.hardware)
    var matrices = DataflowMatrices()
    let mixer = parameters.mixer.matrices + parameters.indexer.matrices
    matrices.add(mixer, formats.dense, formats.rates)
    matrices.addFeedForward(parameters, formats)
    self.matrices = matrices
    layers = group.count
    tableBytes = 0
    isHead = false
    let cache = design.precision.keyValueCache
    let list = AttentionKernel.kernels(of: group.mixer, ranks: 1, cache: cache)
    var recurrence: (flops: Double, stateBytes: Double, rate: KernelRate)?
    if case .recurrent(let recurrent) = group.mixer {
      let layer = recurrent.layer
      recurrence = (
        Double(layer.recurrenceFLOPsPerToken), Double(layer.stateBytesPerSequence),
        formats.rates.rate(.bf16)
      )
    }
    kernels = list.map { ($0, formats.rates.rate($0.kernel)) }
    self.recurrence = recurrence
  }

  /// The head, or the embedding table of a model whose head is a matrix of its own.
  init(table parameters: Int, isHead: Bool, _ formats: DataflowFormats) {
    var matrices = DataflowMatrices()
    if isHead { matrices.add(parameters, formats.plain, formats.rates) }
    self.matrices = matrices
    tableBytes = isHead ? 0 : Double(parameters) * formats.plain.bytesPerWeight
    layers = 1
    kernels = []
    recurrence = nil
    self.isHead = isHead
  }

  var weightBytes: Double { matrices.storedBytes + tableBytes }

  /// Matrices and states of a number of tokens that pass as one matrix.
  func work(tokens: Double) -> KernelWork {
    var work = matrices.work(tokens: tokens)
    if let recurrence {
      work += recurrence.rate.work(
        flops: tokens * recurrence.flops, bytes: 2 * recurrence.stateBytes)
    }
    return work
  }

  /// One context token read at a decode step, by a layer that sees the context in a given way.
  func contextWork(_ visibility: ContextVisibility) -> KernelWork {
    var sum = KernelWork.none
    for item in kernels where item.kernel.visibility == visibility {
      sum += item.rate.work(
        flops: item.kernel.decodeFLOPsPerContextToken,
        bytes: item.kernel.decodeBytesPerContextToken)
    }
    return sum
  }

  /// Attention of one prompt chunk.
  func prefillWork(new: Int, prior: Int) -> KernelWork {
    var sum = KernelWork.none
    for item in kernels { sum += item.kernel.prefillWork(new: new, prior: prior, at: item.rate) }
    return sum
  }
}
