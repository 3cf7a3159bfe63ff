import Results
import Testing

struct BoundByTests {
  /// Each part rounded up by itself would make more than the whole.
  @Test func sharesOfTimeAddUpToOne() {
    let bound = RunResults.BoundBy(shares: [0.333_333_5, 0.333_333_5, 0.333_333, 0])
    #expect(bound.compute + bound.memory + bound.interconnect + bound.host == 1)
    #expect(bound.idle == 0)
    let idle = RunResults.BoundBy(shares: [0.25, 0.5, 0, 0.125])
    #expect(idle.idle == 0.125)
  }
}
