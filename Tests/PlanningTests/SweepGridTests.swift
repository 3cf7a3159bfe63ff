import Diagnostics
import Planning
import Testing

struct SweepGridTests {
  private func axis(_ name: String, _ count: Int) -> SweepAxis {
    SweepAxis(
      name: name,
      values: (0..<count).map { SweepAxis.Value(label: "\($0)", settings: ["\(name)=\($0)"]) })
  }

  @Test func lastAxisChangesFastest() throws {
    let grid = try SweepGrid([axis("a", 2), axis("b", 3)])
    #expect(grid.count == 6)
    #expect(
      (0..<6).map { grid.settings(of: $0).joined(separator: " ") } == [
        "a=0 b=0", "a=0 b=1", "a=0 b=2", "a=1 b=0", "a=1 b=1", "a=1 b=2",
      ])
    #expect(try SweepGrid([]).count == 1)
  }

  @Test func everyCaseIsInExactlyOneShard() {
    for count in [1, 2, 3, 7, 50] {
      let shards = (0..<count).map { SweepShard(index: $0, count: count) }
      for index in 0..<40 { #expect(shards.count { $0.contains(index) } == 1) }
    }
  }

  @Test func shardsAreCountedFromZero() {
    #expect(SweepShard(argument: "0/8") == SweepShard(index: 0, count: 8))
    #expect(SweepShard(argument: "7/8") == SweepShard(index: 7, count: 8))
    for text in ["8/8", "-1/8", "1", "1/", "/8", "1/0", "a/b", "1/2/3", ""] {
      #expect(SweepShard(argument: text) == nil, "\(text)")
    }
  }

  @Test func twoAxesOfTheSameNameAreRefused() {
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "sweep/axis", "two axes vary the same: a",
          hint: "list all values of `a` in one option"))
    ) { try SweepGrid([axis("a", 2), axis("a", 1)]) }
  }

  @Test func moreThanAMillionCasesAreRefused() throws {
    #expect(try SweepGrid([axis("a", 1_000), axis("b", 1_000)]).count == 1_000_000)
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "sweep/cases", "a sweep has at most 1,000,000 cases",
          notes: ["1000 of a, 1001 of b"], hint: "list fewer values"))
    ) { try SweepGrid([axis("a", 1_000), axis("b", 1_001)]) }
  }
}
