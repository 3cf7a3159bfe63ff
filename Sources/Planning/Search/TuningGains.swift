internal import Scenarios

/// What changes of an engine's settings are worth, one at a time, and so about what all of them may
/// be: settings that help with different things multiply.
///
///     together = capacity x product over settings of the best change's gain
///
/// Check: 10 req/s, 12 and 11 with other budgets, 15 with another cache: 18 req/s
/// (`TuningGainsTests.settingsMultiply`).
struct TuningGains {
  private let capacity: Double?
  private var ofSettings: [TunedSetting: Double] = [:]

  /// - Parameter capacity: without any of them [req/s]; nil where it is not known.
  init(of capacity: Double?) { self.capacity = capacity }

  mutating func note(_ setting: TunedSetting, _ changed: Double?) {
    guard let capacity, let changed else { return }
    ofSettings[setting] = max(ofSettings[setting] ?? 1, changed / capacity)
  }

  /// Requests a second with the best change of each setting.
  var together: Double {
    guard let capacity else { return .infinity }
    return ofSettings.values.reduce(capacity, *)
  }
}
