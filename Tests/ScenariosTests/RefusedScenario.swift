import Testing

/// The sample scenario with further keys that cannot work, and what is said about it.
struct RefusedScenario: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var keys: String
  var model = "meta-llama/Llama-3.1-8B"
  var hardware = "h200-sxm"
  var message: String

  /// It is refused with this message, word for word, and no other.
  func expectRefusal() throws {
    let refusals = try SampleScenario.refusals(keys, model: model, hardware: hardware)
    #expect(refusals == [message])
  }
}
