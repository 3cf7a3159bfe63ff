import ServingSimulation
import Testing

struct CacheTransferTests {
  @Test func workedExample() {
    let transfer = CacheTransfer(
      latencySeconds: 5e-6, bytesPerSecond: 50e9, bytesPerToken: 131_072)
    #expect(abs(transfer.seconds(context: 1_024) - 2.6894e-3) < 1e-7)
  }
}
