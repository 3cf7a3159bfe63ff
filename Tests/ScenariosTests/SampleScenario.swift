import Diagnostics
import Scenarios

/// A small scenario of a given model and machine, with further keys.
enum SampleScenario {
  static func text(
    _ keys: String, model: String = "meta-llama/Llama-3.1-8B", hardware: String = "h200-sxm",
    engine: String = "vllm"
  ) -> String {
    """
    schema: windtunnel/scenario/1
    model: \(model)
    hardware: \(hardware)
    engine: \(engine)
    \(keys)
    workload:
      requests: 20
      arrivals: {process: poisson, rate: 4 req/s}
      input: 500
      output: 50

    """
  }

  static func scenario(_ text: String) throws -> Scenario {
    try ScenarioCatalogue.read(text: text, file: "bad.yaml", overrides: []) { _ in
      preconditionFailure("there is no trace")
    }
  }

  static func deployment(
    _ keys: String, model: String = "meta-llama/Llama-3.1-8B", hardware: String = "h200-sxm",
    engine: String = "vllm"
  ) throws -> Deployment {
    try Deployment(
      scenario(text(keys, model: model, hardware: hardware, engine: engine)))
  }

  /// The messages that a scenario is refused with, as they are printed; empty when it is not.
  static func refusals(
    _ keys: String, model: String = "meta-llama/Llama-3.1-8B", hardware: String = "h200-sxm",
    engine: String = "vllm"
  ) throws -> [String] {
    try refusals {
      _ = try deployment(keys, model: model, hardware: hardware, engine: engine)
    }
  }

  /// Those of a scenario that is written out.
  static func refusals(of text: String) throws -> [String] {
    try refusals { _ = try Deployment(try scenario(text)) }
  }

  static func refusals(_ reading: () throws -> Void) throws -> [String] {
    do {
      try reading()
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text)
    }
  }
}
