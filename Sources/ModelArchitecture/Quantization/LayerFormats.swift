/// A matrix of a layer, or several that engines hold as one and that share a format.
package enum LayerPart: String, CaseIterable, Sendable {
  /// Queries, keys and values.
  case queryKeyValue
  /// Matrices into the compressed query, key and value of latent and compressed attention.
  case latentDown
  case queryUp
  case keyValueUp
  case attentionOutput
  case indexer
  case recurrentInput
  case recurrentOutput
  /// Gate and up.
  case denseUp
  case denseDown
  case sharedUp
  case sharedDown
  case expertUp
  case expertDown
  /// Matrices into the width of latent experts and out of it.
  case expertOuter
}

/// How the checkpoint stores the matrices of one layer, part by part; a part that is not there is
/// in 16 bits.
package struct LayerFormats: Equatable, Sendable {
  private var formats: [LayerPart: StoredFormat] = [:]

  package init() {}

  package subscript(part: LayerPart) -> StoredFormat {
    get { formats[part] ?? .bfloat16 }
    set { formats[part] = newValue }
  }

  /// Parts that are in less than 16 bits.
  package var quantizedParts: [LayerPart] {
    LayerPart.allCases.filter { self[$0] != .bfloat16 }
  }
}
