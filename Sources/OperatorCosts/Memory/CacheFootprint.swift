internal import Hardware
internal import ModelArchitecture

/// Cache bytes of one token or sequence on one rank, by how they grow.
package struct CacheFootprint: Equatable, Sendable {
  /// Layers that keep every token.
  package var growingBytesPerToken = 0.0
  package var windows: [MemoryPlan.WindowFootprint] = []
  /// Recurrent layers, per sequence.
  package var stateBytes = 0.0

  /// Key-value heads are divided over the tensor ranks until each has one, then copied; MLA's
  /// latent is on every one. With context ranks the copies share the tokens instead.
  package init(_ design: ReplicaDesign) {
    // The chips of a dataflow machine hold a cache together, as one rank.
    let design = design.hardware.kind == .lpu ? design.onOneChip : design
    let bytes = design.precision.keyValueCache.bytesPerElement
    let ranks = design.layout.tensor
    let shared = Double(design.layout.context)
    // Where tokens are verified there is room for the state after each (`RecurrentKernel`).
    let verified = design.speculation?.verifiedTokens ?? 1
    let states = verified > 1 ? Double(verified + 1) : 1
    var groups = design.architecture.groups
    for index in groups.indices {
      groups[index].count = design.layout.layersPerStage(groups[index].count)
    }
    // Layers that guess have a cache too; they are all on one stage.
    groups += design.draftGroups
    for group in groups {
      let layers = Double(group.count)
      switch group.mixer {
      case .attention(let attention):
        let heads = Double(attention.keyValueHeads)
        // Of the cache; a rank has at least one head of it.
        let share = max(1, heads / Double(ranks)) / heads
        for cache in group.caches {
          add(
            cache,
            bytesPerToken: layers
              * (cache.elementsPerToken * bytes * share + cache.indexBytesPerToken),
            shared)
        }
      case .latentAttention, .compressedAttention:
        for cache in group.caches {
          add(
            cache,
            bytesPerToken: layers * (cache.elementsPerToken * bytes + cache.indexBytesPerToken),
            shared)
        }
        stateBytes += layers * Double(group.mixer.stateBytesPerSequence)
      case .recurrent(let recurrent):
        stateBytes +=
          layers * states * Double(recurrent.layer.stateBytesPerSequence) / Double(ranks)
      case .none: break
      }
    }
  }

  private mutating func add(_ cache: KeyValueCache, bytesPerToken: Double, _ shared: Double) {
    if let window = cache.window {
      add(window: window.tokens, bytesPerToken: bytesPerToken)
    } else {
      growingBytesPerToken += bytesPerToken / shared
    }
  }

  private mutating func add(window tokens: Int, bytesPerToken: Double) {
    if let index = windows.firstIndex(where: { $0.tokens == tokens }) {
      windows[index].bytesPerToken += bytesPerToken
    } else {
      windows.append(.init(tokens: tokens, bytesPerToken: bytesPerToken))
    }
  }
}

extension ReplicaDesign {
  /// Bytes of one copy of what all layers keep of every token [B]: what a transfer of a context
  /// carries for each of its tokens.
  package var cacheBytesPerToken: Double {
    let bytes = precision.keyValueCache.bytesPerElement
    return architecture.growingKeyValueBytesPerToken(bytesPerElement: bytes)
      + architecture.indexBytesPerToken
  }

  /// Bytes of one copy of a sequence's whole cache [B]: its tokens, what its windows hold, its
  /// states.
  package func cacheBytes(context: Int) -> Double {
    architecture.keyValueBytes(
      context: context, bytesPerElement: precision.keyValueCache.bytesPerElement)
      + Double(architecture.stateBytesPerSequence)
  }
}
