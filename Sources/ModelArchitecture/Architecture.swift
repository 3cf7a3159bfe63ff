/// What a model is made of, as far as its cost depends on it: widths, layers, attention, experts.
///
///     let llama = try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B")
///     llama.groups[0].count                                // 32
///     llama.parameterCount.total                           // 8,030,261,248
///     llama.keyValueBytesPerToken(bytesPerElement: 2)      // 131,072
///
/// It holds no weights, no position encoding and no token table, because none of them changes what
/// a step costs. A vision or audio tower is left out of that too: of it there is only how much is
/// loaded.
package struct Architecture: Equatable, Sendable {
  /// `organisation/model` for a built-in model, else the name its file goes by.
  package var name: String
  /// The `model_type` of the config it was read from.
  package var family: String
  package var hiddenSize: Int
  package var vocabularySize: Int
  /// The output head reuses the input embedding, so the table is stored once.
  package var tiesEmbeddings: Bool
  package var maximumContext: Int?
  /// What stands around the layers.
  package var surroundings: Surroundings
  /// Layers of the same shape, in order of first appearance.
  package var groups: [LayerGroup]
  /// Layers as the model counts them: where a layer has two mixers or two feed-forwards one after
  /// the other, the groups have more.
  package var layerCount: Int
  /// Extra layers that draft the tokens after the next one. They are not part of `groups`, and no
  /// count here includes them.
  package var multiTokenPredictionLayers: Int
  /// What it guesses from, of a head that guesses for another model; nil of every other model.
  package var draftHead: DraftHead?
  /// Words that a head can guess, and the width of the vectors that it takes of the other model,
  /// where its config says so.
  package var draftVocabularySize: Int?
  package var draftFeatureWidth: Int?
  /// How the published checkpoint stores its weights; nil when the config does not say.
  package var checkpointWeights: CheckpointWeights?
  /// How it was quantized, as its config names it: `awq`; nil where the config names nothing.
  package var quantizationMethod: String?
  /// Format of most quantized weights of the checkpoint; nil when none are. `LayerFrame.formats`
  /// has the others.
  package var checkpointFormat: StoredFormat?
  /// Whether it reads texts as a whole and writes none: what it gives is a vector or a score. It
  /// has no head over the vocabulary and keeps no keys and values.
  package var isEncoder = false
  /// What a causal model has in the place of its head, where its class reads texts and writes none.
  package var scoreHead: ScoreHead?
  /// Tokens of the blocks that a diffusion model was trained on; nil of a model that writes one
  /// token after the other.
  package var diffusionBlock: Int?
  /// Weights of the tower that reads pictures, which engines load whether or not pictures come;
  /// no other count here includes them.
  package var towerParameters = 0
  /// Positions that tables of rotary embeddings are computed for, of all tables together.
  package var rotaryPositions = 0
  /// Engines cache keys and values of this checkpoint in FP8 when nothing else is asked for.
  package var hasFP8Cache = false

  package init(
    name: String, family: String, hiddenSize: Int, vocabularySize: Int, tiesEmbeddings: Bool,
    maximumContext: Int?, surroundings: Surroundings? = nil, layers: [Layer],
    multiTokenPredictionLayers: Int = 0, checkpointWeights: CheckpointWeights? = nil
  ) {
    self.name = name
    self.family = family
    self.hiddenSize = hiddenSize
    self.vocabularySize = vocabularySize
    self.tiesEmbeddings = tiesEmbeddings
    self.maximumContext = maximumContext
    self.surroundings = surroundings ?? Surroundings(hiddenSize: hiddenSize)
    groups = LayerGroup.collapsing(layers)
    layerCount = layers.count
    self.multiTokenPredictionLayers = multiTokenPredictionLayers
    self.checkpointWeights = checkpointWeights
  }

  /// Whether it has a head over the vocabulary, and so writes.
  package var writes: Bool { !isEncoder && scoreHead == nil }

  /// Weights of the head over the vocabulary; 0 where it is the embedding's table.
  package var headParameters: Int {
    tiesEmbeddings || !writes ? 0 : vocabularySize * surroundings.embeddingWidth
  }
}

/// What a model has outside its layers, beside embedding and head.
package struct Surroundings: Equatable, Sendable {
  /// Columns of embedding and head: the hidden size but in a few old models (OPT-350m).
  package var embeddingWidth: Int
  /// Matrices that every token passes once.
  package var projections: [Projection] = []
  /// Parameters of tables that are looked up: positions, embeddings for every layer (Gemma 3n).
  package var tableParameters = 0
  /// Norms and biases.
  package var vectors: Int
  /// Copies of the hidden vector that go from layer to layer (DeepSeek-V4's hyper-connections).
  package var residualStreams = 1
  /// What the checkpoint has the output head in, where that is a matrix of its own.
  package var headFormat = StoredFormat.bfloat16

  package init(hiddenSize: Int) {
    embeddingWidth = hiddenSize
    vectors = hiddenSize
  }
}
