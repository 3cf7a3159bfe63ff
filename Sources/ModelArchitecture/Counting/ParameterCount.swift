/// Parameters of a whole model: `total` to hold it, `active` to compute one token.
///
///     total  = embedding + head + outside + sum over groups of count * layer total
///     active = embedding + head + outside + sum over groups of count * layer active
///
/// - embedding: vocabulary * hidden size; head: the same again, or 0 when it is tied
/// - outside: the last norm, and in some families tables of positions and projections around layers
///
/// Multi-token-prediction layers and vision towers are outside the count, so published totals that
/// include them are larger. Vendors state "active" by three conventions, with both tables, without
/// the input table or without either; each is here under its own name.
/// Check: Llama-3.1-8B -> 8,030,261,248, the size of its checkpoint
/// (`ParameterCountTests.totalsAreExact`).
package struct ParameterCount: Equatable, Sendable {
  package var embedding: Int
  /// Parameters of the output head; zero when it is the embedding again, or when there is none.
  package var head: Int
  /// Whether a token is multiplied with a table at the end: an encoder's is not, nor that of a
  /// model of scores.
  package var hasHead: Bool
  /// Parameters of `outside` that are looked up: positions, embeddings for every layer.
  package var tables: Int
  /// Matrices and vectors that are in no layer, the last norm among them.
  package var outside: ParameterTally
  /// Parameters of the layer groups, in the order of `Architecture.groups`.
  package var groups: [Group]

  package struct Group: Equatable, Sendable {
    package var count: Int
    package var layer: LayerParameters
  }

  package var total: Int { tally(\.total).total }
  package var active: Int { tally(\.active).total }

  /// What one token is multiplied with: the input table is looked up, not multiplied. Of an encoder
  /// nothing that is looked up counts.
  package var activeWithoutInputTable: Int {
    if !hasHead { return active - embedding - tables }
    return head == 0 ? active : active - embedding
  }

  package var activeWithoutTables: Int { active - embedding - head }

  /// The matrices of `total` alone.
  package var totalMatrices: Int { tally(\.total).matrices }
  /// The matrices of `active` alone.
  package var activeMatrices: Int { tally(\.active).matrices }

  private func tally(_ part: KeyPath<LayerParameters, ParameterTally>) -> ParameterTally {
    groups.reduce(ParameterTally(matrices: embedding + head) + outside) {
      $0 + $1.count * $1.layer[keyPath: part]
    }
  }
}

extension Architecture {
  package var parameterCount: ParameterCount {
    var outside = ParameterTally(surroundings.projections, vectors: surroundings.vectors)
    outside.matrices += surroundings.tableParameters
    return ParameterCount(
      embedding: vocabularySize * surroundings.embeddingWidth, head: headParameters,
      hasHead: writes,
      tables: surroundings.tableParameters, outside: outside,
      groups: groups.map { group in
        let layer = LayerParameters(of: group, hiddenSize: hiddenSize)
        return ParameterCount.Group(count: group.count, layer: layer)
      })
  }
}
