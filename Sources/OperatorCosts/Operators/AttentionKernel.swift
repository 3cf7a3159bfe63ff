internal import Hardware
internal import ModelArchitecture

/// The attention of one layer kind on one rank, prefill and decode apart.
///
/// Its figures per pair of query and key, or per context token read, come from the shapes:
///
/// | | decode FLOPs / context token | decode bytes / context token | prefill FLOPs / pair |
/// | --- | --- | --- | --- |
/// | GQA | 2 h (d + v) | g (d + v) b | 2 h (d + v) |
/// | MLA | 2 h (2 r + e) | (r + e) b | 2 h (n + e + v) |
/// | indexer | 2 i s | s | 2 i s |
/// | compressed | 2 h (d + d) / m | d b / m | 2 h (d + d) / m |
/// | its indexer | 2 i s / m | s / m | 2 i s / m |
///
/// - h, g: query heads and key-value heads on this rank      - d, v: dimension of keys and values
/// - r, e, n: latent rank, rotary and non-rotary dimension     - b [B]: of a cached element
/// - i, s: indexer heads and head dimension (its keys are cached in fp8; one that picks blocks has
///   them in 16 bits, 2 s bytes, and on a rank the heads of its key-value heads alone)
/// - m: tokens of one entry of compressed attention, whose keys are its values
///
/// MLA decodes on the latent itself (absorbed) and prefills on rebuilt keys and values (expanded).
/// Check: DeepSeek-V3, 128 heads: 278,528 and 81,920 FLOPs (`latentAttentionWorkedExample`).
struct AttentionKernel: Sendable {
  /// The name's part after `prefill_` or `decode_`. A case, not text, so that copies are free.
  enum Name: String {
    case attention
    case windowed = "attention_windowed"
    case latent = "latent_attention"
    case indexer = "sparse_indexer"
    case compressed = "compressed_attention"
  }

  let name: Name
  let visibility: ContextVisibility
  let decodeClass: OperatorClass
  let prefillClass: OperatorClass
  let kernel: KernelArithmetic
  let decodeFLOPsPerContextToken: Double
  let decodeBytesPerContextToken: Double
  let prefillFLOPsPerPair: Double
  /// Query read and output written, per token; the output alone; both in a prefill.
  let bytesPerQuery: Double
  let bytesPerPromptQuery: Double
  let bytesPerOutput: Double
  /// Queries, keys, values and outputs of one prompt token.
  let elementsPerPromptToken: Double
  /// Work to rebuild keys and values of one earlier token when a later chunk attends to it.
  let expansionFLOPsPerPriorToken: Double
  let headsOnRank: Int
  /// Ranks that share the tokens of a sequence (`ContextSplit`).
  let contextRanks: Int
  /// Whether tokens see those after them.
  private(set) var isBidirectional = false

  init(
    _ attention: Attention, ranks: Int, cache: KeyValueFormat, contextRanks: Int = 1
  ) {
    let heads = Double(attention.heads) / Double(ranks)
    let keyValueHeads = max(1, Double(attention.keyValueHeads) / Double(ranks))
    // Of a key and a value together.
    let dimensions = Double(attention.headDimension + attention.valueDimension)
    name = attention.window == nil ? .attention : .windowed
    visibility =
      attention.selection.map { .sliding(tokens: $0.topK) } ?? ContextVisibility(attention.window)
    (decodeClass, prefillClass) = (.attentionDecode, .attentionPrefill)
    kernel = cache.arithmetic
    decodeFLOPsPerContextToken = 2 * heads * dimensions
    decodeBytesPerContextToken = keyValueHeads * dimensions * cache.bytesPerElement
    prefillFLOPsPerPair = decodeFLOPsPerContextToken
    bytesPerQuery = heads * dimensions * 2
    bytesPerPromptQuery = bytesPerQuery
    bytesPerOutput = heads * Double(attention.valueDimension) * 2
    headsOnRank = max(1, attention.heads / ranks)
    // A window's few tokens stay on every rank.
    self.contextRanks = attention.window == nil ? contextRanks : 1
    elementsPerPromptToken = (heads + keyValueHeads) * dimensions
    expansionFLOPsPerPriorToken = 0
    isBidirectional = attention.isBidirectional
  }

  init(
    _ attention: LatentAttention, ranks: Int, cache: KeyValueFormat, contextRanks: Int = 1
  ) {
    let heads = Double(attention.heads) / Double(ranks)
    let rank = Double(attention.keyValueRank)
    let rope = Double(attention.ropeDimension)
    let nope = Double(attention.nopeDimension)
    let value = Double(attention.valueDimension)
    name = .latent
    visibility =
      attention.indexer.map { .sliding(tokens: $0.topK) } ?? ContextVisibility(attention.window)
    (decodeClass, prefillClass) = (.mlaDecode, .mlaPrefill)
    kernel = cache.arithmetic
    decodeFLOPsPerContextToken = 2 * heads * (2 * rank + rope)
    decodeBytesPerContextToken = (rank + rope) * cache.bytesPerElement
    // With an indexer every query reads tokens of its own choice, so keys and values cannot be
    // rebuilt once for all: prefill works on the latent as decode does.
    let isSparse = attention.indexer != nil
    prefillFLOPsPerPair =
      isSparse ? decodeFLOPsPerContextToken : 2 * heads * (nope + rope + value)
    bytesPerQuery = heads * (2 * rank + rope) * 2
    bytesPerOutput = heads * rank * 2
    bytesPerPromptQuery = isSparse ? bytesPerQuery : heads * (nope + rope + value) * 2
    headsOnRank = max(1, attention.heads / ranks)
    self.contextRanks = attention.window == nil ? contextRanks : 1
    elementsPerPromptToken = heads * 2 * (nope + rope + value)
    expansionFLOPsPerPriorToken = isSparse ? 0 : 2 * rank * heads * (nope + value)
  }

  /// - Parameter tokensPerKey: more than 1 where the scorer sees compressed keys.
  init(_ indexer: SparseIndexer, contextRanks: Int = 1, tokensPerKey: Int = 1) {
    let width = Double(indexer.headDimension) / Double(tokensPerKey)
    let work = 2 * Double(indexer.heads) * width
    let bytesPerElement = indexer.picksBlocks ? 2.0 : 1
    name = .indexer
    visibility = .full
    (decodeClass, prefillClass) = (.attentionDecode, .attentionPrefill)
    kernel = indexer.picksBlocks ? .bf16 : .fp8
    decodeFLOPsPerContextToken = work
    decodeBytesPerContextToken = width * bytesPerElement
    prefillFLOPsPerPair = work
    bytesPerQuery = Double(indexer.heads * indexer.headDimension) * bytesPerElement
    bytesPerOutput = 0
    bytesPerPromptQuery = bytesPerQuery
    headsOnRank = indexer.heads
    self.contextRanks = contextRanks
    elementsPerPromptToken = 0
    expansionFLOPsPerPriorToken = 0
  }
}
