internal import OperatorCosts
internal import Units
internal import Validation

extension MeasuredPoint {
  /// What was run, in one line:
  /// `llama-3.3-70b fp8 on 2 x h200-sxm, vllm, tensor 2, 64 clients, 1024 in, 8192 out`.
  var words: String {
    var parts = ["\(model) \(weights) on \(accelerators) x \(hardware)", engine]
    if mode == .aggregated {
      parts.append(contentsOf: workers.map(\.words))
    } else {
      parts += zip(["prefill", "decode"], workers).map { name, group in
        "\(name) \(group.count) x (\(group.words))"
      }
    }
    parts.removeAll(where: \.isEmpty)
    parts.append(traffic)
    parts += [
      "\(NumberText.grouped(inputTokens)) in", "\(NumberText.grouped(outputTokens)) out",
    ]
    if !speculative.isEmpty { parts.append(speculative) }
    return parts.joined(separator: ", ")
  }

  private var traffic: String {
    switch load {
    case .closed: "\(NumberText.grouped(concurrency ?? 1)) clients"
    case .offline: "offline"
    case .open:
      rate.map { $0.isFinite ? "\(NumberText.plain($0)) req/s" : "all at once" } ?? "open"
    }
  }
}

extension MeasuredPoint.Workers {
  fileprivate var words: String {
    let wide = layout.used.map {
      "\($0.dimension.rawValue.replacing("_", with: " ")) \($0.size)"
    }
    return wide.isEmpty ? "one GPU" : wide.joined(separator: " ")
  }
}
