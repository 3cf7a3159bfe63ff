internal import Diagnostics

/// What a causal model has in the place of its head over the vocabulary: it reads a text for a
/// score, a label of each token or a vector, and writes nothing.
///
///     parameters = d · labels                          one score or class of a text
///                = d · labels + labels                 of each token
///                = d · d + d + d · labels + labels     Qwen2's reward models, of two layers
///
/// - d: hidden size       - labels: `id2label`, else `num_labels`, else 2
///
/// Which of them is the class that `architectures` names, as transformers and the models' own code
/// have it. Check: Llama-3.1-8B with one label has 7,504,928,768 parameters, 525,332,480 fewer than
/// with its head (`ScoreHeadTests.classesWithoutAHead`).
package enum ScoreHead: Equatable, Sendable {
  /// One vector of a text: nothing stands behind the last norm.
  case vector
  case text(labels: Int)
  case tokens(labels: Int)
  /// Two layers, as Qwen2.5-Math-RM and -PRM have them.
  case reward(labels: Int)

  /// Nil of a class that writes, and of one that nobody here knows.
  ///
  /// - Parameter family: whose own class without a head is known by it: `Qwen3Model`.
  init?(_ root: ConfigMapping, family: String) {
    guard let node = root.optional("architectures"), node.isSequence,
      let name = node.sequence().first?.string()
    else { return nil }
    func labels(_ fallback: Int = 2) -> Int {
      if let names = root.optional("id2label"), names.isMapping {
        return names.mapping().contents().count
      }
      return root.optional("num_labels")?.integer(in: 1...1_000_000) ?? fallback
    }
    if name.hasSuffix("ForSequenceClassification") {
      self = .text(labels: labels())
    } else if name.hasSuffix("ForTokenClassification") {
      self = .tokens(labels: labels())
    } else if name.hasSuffix("ForQuestionAnswering") {
      self = .tokens(labels: 2)
    } else if name.hasSuffix("ForProcessRewardModel") {
      self = .reward(labels: 2)
    } else if name == "Qwen2ForRewardModel" {
      self = .reward(labels: 1)
    } else if name.hasSuffix("ForRewardModel") {
      self = .text(labels: 1)
    } else if name.hasSuffix("Model"),
      FamilyCatalogue.type(ofClass: "\(name.dropLast(5))ForCausalLM") == family
    {
      self = .vector
    } else {
      return nil
    }
  }
}

extension Surroundings {
  /// What sees one vector of a text is counted and not multiplied, as an encoder's pooler is.
  mutating func add(_ head: ScoreHead, hiddenSize: Int) {
    switch head {
    case .vector: break
    case .text(let labels): vectors += hiddenSize * labels
    case .reward(let labels): vectors += (hiddenSize + 1) * (hiddenSize + labels)
    case .tokens(let labels):
      projections.append(Projection("score", hiddenSize, labels, cut: .whole))
      vectors += labels
    }
  }
}
