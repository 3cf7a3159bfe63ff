/// What a model is made of, as far as its cost depends on it: widths, layers, attention, experts.
///
///     let llama = try ModelCatalogue.load(nameOrPath: "Llama-3.1-8B")
///     llama.groups[0].count                                // 32
///     llama.parameterCount.total                           // 8,030,261,248
///     llama.keyValueBytesPerToken(bytesPerElement: 2)      // 131,072
///
/// It holds no weights, no position encoding and no token table, because none of them changes what
/// a step costs. A vision or audio tower is left out too: only the language model is described.
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
  /// A second norm follows every mixer and feed-forward, inside the residual branch (Gemma 3).
  package var hasPostNorms: Bool
  /// Layers of the same shape, in order of first appearance.
  package var groups: [LayerGroup]
  /// Extra layers that draft the tokens after the next one. They are not part of `groups`, and no
  /// count here includes them.
  package var multiTokenPredictionLayers: Int
  /// How the published checkpoint stores its weights; nil when the config does not say.
  package var checkpointWeights: CheckpointWeights?

  package init(
    name: String, family: String, hiddenSize: Int, vocabularySize: Int, tiesEmbeddings: Bool,
    maximumContext: Int?, hasPostNorms: Bool = false, layers: [Layer],
    multiTokenPredictionLayers: Int = 0, checkpointWeights: CheckpointWeights? = nil
  ) {
    self.name = name
    self.family = family
    self.hiddenSize = hiddenSize
    self.vocabularySize = vocabularySize
    self.tiesEmbeddings = tiesEmbeddings
    self.maximumContext = maximumContext
    self.hasPostNorms = hasPostNorms
    groups = LayerGroup.collapsing(layers)
    self.multiTokenPredictionLayers = multiTokenPredictionLayers
    self.checkpointWeights = checkpointWeights
  }

  package var layerCount: Int { groups.reduce(0) { $0 + $1.count } }
}
