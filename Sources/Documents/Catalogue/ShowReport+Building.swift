package import Hardware
package import ModelArchitecture
internal import OperatorCosts
internal import Outcomes
package import Projections
internal import Rendering
package import Scenarios
internal import ServingSimulation
internal import Units

extension ShowReport {
  /// - Parameter text: of its file.
  package init(_ profile: HardwareProfile, text: String? = nil) {
    self.profile = text
    kind = "hardware"
    name = profile.name
    title = profile.title
    facts = [
      Fact(name: "vendor", value: profile.vendor),
      Fact(name: "kind", value: profile.kind.rawValue),
      Fact(
        name: "release",
        value: "\(profile.release.state.rawValue) \(profile.release.date)"
          + (profile.release.note.map { "; \($0)" } ?? "")),
      Fact(
        name: "scale-up",
        value: "\(profile.scaleUp.domain) accelerators, \(profile.scaleUp.topology.rawValue)"),
    ]
    figures = profile.provenances.map { item in
      Figure(
        item.path, profile.words(at: item.path) ?? "",
        range: profile.figures.first { $0.path == item.path }?.figure.rangeWords, item.provenance)
    }
    sources = Self.sources(of: profile.provenances.map(\.provenance))
  }

  /// - Parameter text: of its file.
  package init(_ engine: EngineProfile, text: String? = nil) {
    profile = text
    kind = "engine"
    name = engine.name
    title = engine.title
    facts = [Fact(name: "release", value: engine.release)]
    figures = engine.settings.map { Figure($0.path, $0.text, range: nil, $0.provenance) }
    sources = Self.sources(of: engine.settings.map(\.provenance))
  }

  package init(_ scenario: Scenario, contents: String) {
    kind = "scenario"
    name = scenario.name
    title = scenario.title
    facts = []
    figures = []
    sources = []
    self.contents = contents
  }

  package init(_ projection: Projections.Projection, contents: String) {
    kind = "projection"
    name = projection.name
    title = projection.title
    facts = []
    figures = []
    sources = []
    self.contents = contents
  }

  package init(_ architecture: Architecture) {
    kind = "model"
    name = architecture.name
    title = ""
    facts = Self.facts(of: architecture)
    figures = []
    sources = []
  }

  /// In order of first use, each once.
  private static func sources(of provenances: [Provenance]) -> [Source] {
    var list: [Source] = []
    for provenance in provenances where !list.contains(where: { $0.id == provenance.source }) {
      list.append(Source(id: provenance.source, citation: provenance.citation))
    }
    return list
  }

  private static func headWords(of architecture: Architecture) -> String {
    if !architecture.writes { return ", no head" }
    if architecture.draftHead != nil { return " that it can guess" }
    return architecture.tiesEmbeddings ? ", head tied to the embedding" : ""
  }

  /// What a model that writes nothing gives; nil of one that writes.
  private static func readingWords(of architecture: Architecture) -> String? {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      number == 1 ? "one \(one)" : "\(number) \(many)"
    }
    return switch architecture.scoreHead {
    case nil: architecture.isEncoder ? "a vector or a score" : nil
    case .vector: "a vector"
    case .text(let labels), .reward(let labels): count(labels, "score", "scores")
    case .tokens(let labels): count(labels, "score", "scores") + " of each token"
    }
  }

  /// In what it runs where nobody says otherwise.
  private static func servedWords(of architecture: Architecture) -> String {
    guard let format = architecture.servedWeights else { return "not understood, must be set" }
    guard architecture.checkpointWeights == .float32 else { return format.rawValue }
    let bytes = 2 * Double(architecture.parameterCount.total)
    return "\(format.rawValue), \(Words.bytes(bytes)): engines round 32-bit floats to 16"
  }

  private static func facts(of architecture: Architecture) -> [Fact] {
    let parameters = architecture.parameterCount
    var facts = [
      Fact(name: "family", value: architecture.family),
      Fact(name: "parameters", value: NumberText.grouped(parameters.total)),
      Fact(name: "active per token", value: NumberText.grouped(parameters.active)),
      Fact(name: "hidden size", value: NumberText.grouped(architecture.hiddenSize)),
      Fact(
        name: "vocabulary",
        value: NumberText.grouped(architecture.vocabularySize) + headWords(of: architecture)),
      Fact(
        name: "longest context",
        value: architecture.maximumContext.map { "\(NumberText.grouped($0)) tokens" }
          ?? "unlimited"),
      Fact(name: "layers", value: NumberText.grouped(architecture.layerCount)),
    ]
    facts += architecture.groups.map { Fact(name: "", value: $0.words) }
    if architecture.multiTokenPredictionLayers > 0 {
      facts.append(
        Fact(
          name: "draft layers",
          value: "\(architecture.multiTokenPredictionLayers), not counted above"))
    }
    if let head = architecture.draftHead {
      facts.append(
        Fact(name: "guesses", value: "for another model, from its hidden vectors: \(head.rawValue)")
      )
    }
    if let words = readingWords(of: architecture) {
      facts.append(Fact(name: "writes", value: "nothing: it reads a text for \(words)"))
    }
    for (format, bytes) in [("bf16", 2.0), ("fp8", 1.0)] where !architecture.isEncoder {
      facts.append(
        Fact(
          name: "KV cache in \(format)",
          value: Words.bytes(architecture.keyValueBytesPerToken(bytesPerElement: bytes))
            + " per token, "
            + Words.bytes(architecture.growingKeyValueBytesPerToken(bytesPerElement: bytes))
            + " beyond every window"))
    }
    if !architecture.isEncoder {
      facts.append(
        Fact(
          name: "state per sequence",
          value: Words.bytes(Double(architecture.stateBytesPerSequence))))
    }
    facts.append(
      Fact(
        name: "checkpoint", value: architecture.checkpointWeights?.words ?? "format not stated"))
    if let stored = architecture.storedWeightsWords {
      facts.append(Fact(name: "weights as stored", value: stored))
    }
    facts.append(Fact(name: "served in", value: servedWords(of: architecture)))
    return facts
  }
}

extension ShowReport.Figure {
  fileprivate init(_ path: String, _ value: String, range: String?, _ provenance: Provenance) {
    self.init(
      path: path, value: value, range: range, date: provenance.date,
      status: provenance.status.rawValue, source: provenance.source, note: provenance.note)
  }
}
