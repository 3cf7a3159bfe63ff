import OperatorCosts
import TestSupport
import Testing

struct CapturedBatchTests {
  /// A step without prompts computes the smallest captured number that holds its sequences.
  @Test func workedExample() {
    var host = HostCosts.none
    host.capturedBatches = [1, 2, 4, 8, 256, 512]
    #expect([1, 3, 8, 9, 282, 512, 513].map(host.padded) == [1, 4, 8, 256, 512, 512, 513])
    host.capturedBatches = []
    #expect(host.padded(282) == 282)
    var model = StepModel(secondsPerStep: 1, host: .none)
    #expect(model.padded(282) == 282)
  }
}
