internal import Diagnostics

/// How ranks divide the model, from the options of one server.
///
/// - vLLM: data-parallel groups of a mixture of experts step together and share its experts; of a
///   dense model they are copies. `--enable-expert-parallel` spreads whole experts over all ranks.
/// - SGLang: `--tp` counts all ranks; `--attn-dp-size`, or `--enable-dp-attention` with `--dp`,
///   cuts them into groups. Without the two `--dp` makes copies. Limits are of all groups together.
/// - TensorRT-LLM: `enable_attention_dp` makes every rank a group of its own.
///
/// Source: vllm/config/parallel.py; sglang/srt/server_args.py; tensorrt_llm/mapping.py.
struct EngineLayout {
  private var tensor = 1
  private var groups = 1
  private var copies = 1
  private var pipeline = 1
  private var expert = 1
  private let given: [EngineFlag.Dimension: (option: String, count: Int)]

  /// - Throws: `InvalidInput` for groups that the ranks cannot be cut into.
  init(
    _ given: [EngineFlag.Dimension: (option: String, count: Int)], engine: String,
    hasExperts: Bool?
  ) throws {
    self.given = given
    let ranks = given[.tensor]?.count ?? 1
    let cut = given[.attentionGroups]?.count ?? 1
    let data = cut > 1 ? cut : given[.data]?.count ?? 1
    let stepsTogether = given[.attention] != nil || cut > 1
    pipeline = given[.pipeline]?.count ?? 1
    tensor = ranks
    switch engine {
    case "vllm":
      if data > 1, given[.wholeExperts] != nil || hasExperts == true {
        groups = data
      } else {
        copies = data
      }
    case "tensorrt-llm":
      if stepsTogether { (tensor, groups) = (1, ranks) }
    default:
      if stepsTogether {
        guard ranks.isMultiple(of: data) else { throw uneven(ranks, data) }
        (tensor, groups) = (ranks / data, data)
      } else {
        copies = data
      }
    }
    if given[.wholeExperts] != nil {
      expert = tensor * groups
    } else {
      expert = given[.expert]?.count ?? 1
    }
    // A dense model has no experts to spread, and servers do not mind.
    if hasExperts == false { expert = 1 }
  }

  private func uneven(_ ranks: Int, _ groups: Int) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "command/layout", "\(ranks) ranks cannot be cut into \(groups) attention groups",
        at: SourceLocation(
          file: "--from \((given[.attentionGroups] ?? given[.data])?.option ?? "")"),
        hint: "give as many ranks as a multiple of the groups: `--tp \(ranks * groups)`"))
  }

  var settings: [EngineCommand.Setting] {
    func options(_ dimensions: [EngineFlag.Dimension]) -> String {
      dimensions.compactMap { given[$0]?.option }.joined(separator: " ")
    }
    let groupings: [EngineFlag.Dimension] = [.data, .attention, .attentionGroups]
    let all: [(key: String, value: Int, from: [EngineFlag.Dimension])] = [
      ("replicas", copies, [.data]),
      ("parallelism.tensor", tensor, groups > 1 ? [.tensor] + groupings : [.tensor]),
      ("parallelism.attention_data", groups, groupings),
      ("parallelism.pipeline", pipeline, [.pipeline]),
      ("parallelism.expert", expert, [.wholeExperts, .expert]),
    ]
    return all.filter { $0.value > 1 }.map {
      .init(option: options($0.from), key: $0.key, value: String($0.value))
    }
  }

  /// Limits of all groups together, of one of them.
  func shared(_ settings: [EngineCommand.Setting]) -> [EngineCommand.Setting] {
    settings.map { setting in
      guard let count = Int(setting.value), groups > 1 else { return setting }
      var share = setting
      share.value = String(max(1, count / groups))
      return share
    }
  }

  /// Memory of the host for all ranks of a replica.
  func hostMemory(
    _ setting: EngineCommand.Setting, ofEachRank: Bool
  ) -> EngineCommand.Setting {
    let parts = setting.value.split(separator: " ")
    guard ofEachRank, let size = Double(parts[0]) else { return setting }
    var whole = setting
    let ranks = tensor * groups * pipeline
    whole.value = "\(size * Double(ranks)) \(parts[1])"
    return whole
  }
}
