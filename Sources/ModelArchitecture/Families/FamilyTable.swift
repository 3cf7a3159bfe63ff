/// What a model family is made of, as one entry of the tables under `ModelFamilies`.
///
/// An entry says in what it differs from the one it is `like`; a README beside the tables lists
/// every field. Nothing here is read from a model's file: `FamilyReader` does that by the table.
struct FamilyTable: Sendable {
  /// A matrix that a family has beside the usual ones, its sides as formulas.
  struct Matrix: Sendable {
    var name: String
    var inputs: FamilyExpression
    var outputs: FamilyExpression
    var cut: ProjectionCut
  }

  /// What a family can be asked for and nothing here describes.
  struct Refusal: Sendable {
    var key: String
    var condition: FamilyExpression
    var reason: String
  }

  var type: String
  /// Classes of the library, for files stripped of their `model_type`.
  var classes: [String] = []
  /// Mappings that the language model's keys may lie in, the first that is there.
  var text: [String] = []
  /// The family of a nested config that does not say its own.
  var textFamily: String?
  /// Other names of a key, in files and in the library.
  var names: [String: [String]] = [:]
  /// The values of the library's class, for keys that a file leaves out.
  var defaults: [String: FamilyValue] = [:]
  /// Names that the table defines for its other formulas.
  var definitions: [String: FamilyExpression] = [:]
  /// `group.field` -> formula.
  var fields: [String: FamilyExpression] = [:]
  /// By group.
  var matrices: [String: [Matrix]] = [:]
  /// The words that `type` may come to; empty when any.
  var layerTypes: [String] = []
  var refusals: [Refusal] = []
  /// Why the family is refused; nil for one that is read.
  var notUnderstood: String?

  /// The names whose values can differ from layer to layer.
  var layerNames: Set<String> {
    var found: Set = ["i", "part"]
    while true {
      let more = definitions.filter { !found.contains($0.key) && $0.value.depends(on: found) }
      if more.isEmpty { return found }
      found.formUnion(more.keys)
    }
  }

  /// The fields of each group, all of them.
  static let groups: [String: [String]] = [
    "model": [
      "hidden", "layers", "vocabulary", "tied", "context", "embedding_width", "final_norm",
      "head_bias", "tables", "vectors", "next_token_layers", "residual_streams", "encoder",
      "draft_vocabulary", "draft_features", "block", "tower", "rotary_positions",
    ],
    "layer": [
      "parts", "mixer", "feed_forward", "mixer_norms", "feed_forward_norms", "norm_width",
      "vectors", "idle", "mixer_block",
    ],
    "attention": [
      "heads", "kv_heads", "head_dim", "value_dim", "qkv_bias", "output_bias", "window", "chunk",
      "norm", "gate", "sinks", "shared_cache", "shared_key_value", "vectors", "bidirectional",
    ],
    "latent": [
      "heads", "query_rank", "rank", "rope", "nope", "value_dim", "window", "vectors",
    ],
    "compressed": [
      "heads", "head_dim", "query_rank", "output_groups", "output_rank", "window", "ratio",
    ],
    "indexer": ["present", "heads", "width", "top", "block", "shared", "vectors"],
    "recurrent": [
      "kind", "name", "heads", "key_heads", "key_dim", "value_dim", "state", "groups", "width",
      "rank", "convolution", "convolution_bias", "bias", "state_bytes", "inner", "vectors",
      "state_elements", "convolution_elements", "flops",
    ],
    "dense": ["inner", "gated", "bias", "vectors", "block"],
    "experts": [
      "count", "per_token", "inner", "gated", "bias", "router_bias", "router_outputs", "latent",
      "shared_count", "shared_inner", "shared_gated", "shared_gate", "shared_bias", "vectors",
      "block", "shared_block",
    ],
  ]
}
