package import OperatorCosts
package import Scenarios
package import ServingSimulation

/// What is fitted of one engine from serving points: none of it belongs to a model, a concurrency
/// or a point.
///
/// As a vector: the front end's three figures, the share of one-shot all-reduces, the time to
/// launch a layer and what computing takes longer than timed, the same everywhere, then four gaps
/// for each place in order of name.
///
/// A place is a platform (generation of accelerator and host), `hopper`, for all releases of the
/// engine, or one of a release that has gaps of its own there, `sglang@0.5/cdna4`.
package struct EngineParameters: Equatable, Sendable {
  package var frontEnd: FrontEnd
  package var oneShotShare: Double
  /// `HostCosts.secondsPerLaunchedLayer`.
  package var secondsPerLaunchedLayer: Double
  /// `HostCosts.computeExcess`.
  package var computeExcess: Double
  package var gaps: [String: StepGaps]

  package init(
    frontEnd: FrontEnd, oneShotShare: Double, secondsPerLaunchedLayer: Double = 0,
    computeExcess: Double = 0, gaps: [String: StepGaps]
  ) {
    self.frontEnd = frontEnd
    self.oneShotShare = oneShotShare
    self.secondsPerLaunchedLayer = secondsPerLaunchedLayer
    self.computeExcess = computeExcess
    self.gaps = gaps
  }

  package init(_ engine: EngineProfile) {
    self.init(
      frontEnd: engine.frontEnd, oneShotShare: engine.host.oneShotShare,
      secondsPerLaunchedLayer: engine.host.secondsPerLaunchedLayer,
      computeExcess: engine.host.computeExcess, gaps: engine.platforms)
  }

  package var places: [String] { gaps.keys.sorted() }
  /// How many parameters are fitted; that of recurrent layers counts where a model with such layers
  /// asks for one, those of launches and of computing where the profile has them.
  package var count: Int {
    Self.shared - (secondsPerLaunchedLayer > 0 ? 0 : 1) - (computeExcess > 0 ? 0 : 1) + gapCount
  }
  var gapCount: Int {
    gaps.values.reduce(0) { $0 + ($1.secondsPerRecurrentLayer > 0 ? 4 : 3) }
  }

  /// Whether a parameter stays as it is: what an engine's profile does not have is not fitted.
  func isFixed(_ kind: Int) -> Bool {
    (kind == 4 && secondsPerLaunchedLayer == 0) || (kind == 5 && computeExcess == 0)
  }

  static let shared = 6
  static let perPlatform = 4
  /// A natural step of each: request, prompt token, delay, share, launch, compute; step, sequence,
  /// layer, recurrent layer.
  static let scales = [1e-3, 1e-6, 5e-3, 0.5, 0.2e-3, 0.1, 0.5e-3, 10e-6, 5e-6, 10e-6]

  /// In units of `scales`, so that steps in all directions are alike.
  var vector: [Double] {
    var values = [
      frontEnd.secondsPerRequest, frontEnd.secondsPerPromptToken, frontEnd.delaySeconds,
      oneShotShare, secondsPerLaunchedLayer, computeExcess,
    ]
    for place in places {
      let row = gaps[place] ?? .none
      values += [
        row.secondsPerStep, row.secondsPerSequence, row.secondsPerLayer,
        row.secondsPerRecurrentLayer,
      ]
    }
    return values.indices.map { values[$0] / Self.scale(of: $0) }
  }

  /// These places with other values.
  func with(_ vector: [Double]) -> EngineParameters {
    let values = vector.indices.map { vector[$0] * Self.scale(of: $0) }
    var copy = self
    copy.frontEnd = FrontEnd(
      secondsPerRequest: values[0], secondsPerPromptToken: values[1], delaySeconds: values[2])
    copy.oneShotShare = values[3]
    copy.secondsPerLaunchedLayer = values[4]
    copy.computeExcess = values[5]
    for (index, place) in places.enumerated() {
      let start = Self.shared + Self.perPlatform * index
      copy.gaps[place] = StepGaps(
        secondsPerStep: values[start], secondsPerSequence: values[start + 1],
        secondsPerLayer: values[start + 2], secondsPerRecurrentLayer: values[start + 3])
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
    tuned.host.secondsPerLaunchedLayer = secondsPerLaunchedLayer
    tuned.host.computeExcess = computeExcess
    tuned.platforms = gaps.filter { !$0.key.contains(Self.mark) }
    for (place, own) in gaps where place.hasPrefix(engine.name + Self.mark) {
      tuned.platforms[String(place.dropFirst(engine.name.count + Self.mark.count))] = own
    }
    return tuned
  }

  /// Where the gaps of a release on a platform are fitted: by themselves if its profile has others
  /// than that of the newest release.
  static func place(of release: EngineProfile, on platform: String, newest: EngineProfile)
    -> String
  {
    release.platforms[platform] == newest.platforms[platform]
      ? platform : release.name + mark + platform
  }

  static func platform(of place: String) -> String {
    place.split(separator: mark).last.map(String.init) ?? place
  }

  /// Between the release and the platform of a place.
  private static let mark = "/"
}
