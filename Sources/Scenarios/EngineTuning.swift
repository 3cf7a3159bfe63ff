package import OperatorCosts
package import ServingSimulation

/// What an engine's own software adds on one generation of accelerator and host, fitted from serving
/// points.
package struct EngineTuning: Equatable, Sendable {
  package var gaps: StepGaps
  package var frontEnd: FrontEnd

  package init(gaps: StepGaps = .none, frontEnd: FrontEnd = .none) {
    self.gaps = gaps
    self.frontEnd = frontEnd
  }
}
