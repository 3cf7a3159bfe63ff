/// What somebody else asks for the same tokens, against which a machine of one's own is weighed.
///
///     requests for which both cost the same:  r = h / (3,600 · a)
///
/// - r [req/s]: above it the machine is cheaper, as far as it can serve so much
/// - h [USD/h]: of the machine, whatever it does
/// - a [USD]: of one request at the API: computed, cached and generated tokens at their prices
///
/// Check: 2.10 USD/h against 3,000 prompt tokens at 0.55 and 300 answer tokens at 2.19 USD/Mtok,
/// 0.002307 USD a request: 0.2529 req/s (`APIPriceTests.workedExample`).
package struct APIPrice: Equatable, Sendable {
  /// In words.
  package var name: String
  /// Dollars for a million tokens.
  package var input: Double
  /// Dollars for a million prompt tokens that the API knew already; nil for as all others.
  package var cached: Double?
  package var output: Double

  package init(name: String, input: Double, cached: Double? = nil, output: Double) {
    self.name = name
    self.input = input
    self.cached = cached
    self.output = output
  }

  /// - Parameters:
  ///   - input: prompt tokens, `cached` among them.
  ///   - output: generated tokens, thoughts among them.
  /// - Returns: dollars.
  package func dollars(input: Double, cached: Double, output: Double) -> Double {
    ((input - cached) * self.input + cached * (self.cached ?? self.input) + output * self.output)
      / 1e6
  }

  /// Requests a second at which the machine costs as much; nil when the API is free.
  package func breakEvenRate(dollarsPerHour: Double, dollarsPerRequest: Double) -> Double? {
    dollarsPerRequest > 0 ? dollarsPerHour / 3_600 / dollarsPerRequest : nil
  }
}
