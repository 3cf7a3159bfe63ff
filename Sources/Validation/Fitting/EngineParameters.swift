package import OperatorCosts
package import Scenarios
package import ServingSimulation

/// What is fitted of one engine from serving points: none of it belongs to a model, a concurrency
/// or a point.
///
/// As a vector: the front end's three figures and the share of one-shot all-reduces, the same
/// everywhere, then three gaps for each platform (generation of accelerator and host) in order of
/// name.
package struct EngineParameters: Equatable, Sendable {
  package var frontEnd: FrontEnd
  package var oneShotShare: Double
  package var gaps: [String: StepGaps]

  package init(frontEnd: FrontEnd, oneShotShare: Double, gaps: [String: StepGaps]) {
    self.frontEnd = frontEnd
    self.oneShotShare = oneShotShare
    self.gaps = gaps
  }

  package init(_ engine: EngineProfile) {
    self.init(
      frontEnd: engine.frontEnd, oneShotShare: engine.host.oneShotShare, gaps: engine.platforms)
  }

  package var platforms: [String] { gaps.keys.sorted() }
  package var count: Int { Self.shared + Self.perPlatform * gaps.count }

  static let shared = 4
  static let perPlatform = 3
  /// A natural step of each: request, prompt token, delay, share; step, sequence, layer.
  static let scales = [1e-3, 1e-6, 5e-3, 0.5, 0.5e-3, 10e-6, 5e-6]

  /// In units of `scales`, so that steps in all directions are alike.
  var vector: [Double] {
    var values = [
      frontEnd.secondsPerRequest, frontEnd.secondsPerPromptToken, frontEnd.delaySeconds,
      oneShotShare,
    ]
    for platform in platforms {
      let row = gaps[platform] ?? .none
      values += [row.secondsPerStep, row.secondsPerSequence, row.secondsPerLayer]
    }
    return values.indices.map { values[$0] / Self.scale(of: $0) }
  }

  /// The same platforms with other values.
  func with(_ vector: [Double]) -> EngineParameters {
    let values = vector.indices.map { vector[$0] * Self.scale(of: $0) }
    var copy = self
    copy.frontEnd = FrontEnd(
      secondsPerRequest: values[0], secondsPerPromptToken: values[1], delaySeconds: values[2])
    copy.oneShotShare = values[3]
    for (index, platform) in platforms.enumerated() {
      let start = Self.shared + Self.perPlatform * index
      copy.gaps[platform] = StepGaps(
        secondsPerStep: values[start], secondsPerSequence: values[start + 1],
        secondsPerLayer: values[start + 2])
    }
    return copy
  }

  static func scale(of index: Int) -> Double {
    scales[index < shared ? index : shared + (index - shared) % perPlatform]
  }

  /// An engine with these in place of its own.
  package func applied(to engine: EngineProfile) -> EngineProfile {
    var tuned = engine
    tuned.frontEnd = frontEnd
    tuned.host.oneShotShare = oneShotShare
    tuned.platforms = gaps
    return tuned
  }
}
