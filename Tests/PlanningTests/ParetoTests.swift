import Planning
import Requirements
import Testing

struct ParetoTests {
  /// Points on a coarse grid, so that many are equal in one thing or in all.
  private func points(_ count: Int, criteria: Int, seed: UInt64) -> [[Double]] {
    var state = seed
    return (0..<count).map { _ in
      (0..<criteria).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double((state >> 33) % 12)
      }
    }
  }

  private static let wishes: [[Figure.Preference]] = [
    [.more, .more], [.more, .less], [.less, .less], [.more, .less, .more],
  ]

  @Test(arguments: wishes)
  func noPointOfTheFrontierIsDominatedAndEveryOtherOneIs(wants: [Figure.Preference]) {
    for seed in 0..<20 as Range<UInt64> {
      let points = points(Int(seed) * 3, criteria: wants.count, seed: seed)
      let frontier = Set(Pareto.frontier(of: points, wanting: wants))
      for index in points.indices {
        let isDominated = points.contains {
          Pareto.dominates($0, points[index], wanting: wants)
        }
        #expect(isDominated != frontier.contains(index), "seed \(seed), point \(index)")
      }
    }
  }

  @Test(arguments: wishes)
  func everyOtherPointIsDominatedByOneOfTheFrontier(wants: [Figure.Preference]) {
    let points = points(80, criteria: wants.count, seed: 9)
    let frontier = Pareto.frontier(of: points, wanting: wants)
    for index in points.indices where !frontier.contains(index) {
      #expect(frontier.contains { Pareto.dominates(points[$0], points[index], wanting: wants) })
    }
  }

  @Test func frontierDoesNotDependOnTheOrderOfThePoints() {
    let points = points(100, criteria: 2, seed: 5)
    func chosen(_ points: [[Double]]) -> [[Double]] {
      Pareto.frontier(of: points, wanting: [.more, .less]).map { points[$0] }
    }
    #expect(chosen(points.reversed()) == chosen(points))
    #expect(chosen(points) == chosen(points).sorted { $0[0] > $1[0] })
  }

  @Test func equalPointsAreAllThereAndOneAloneToo() {
    #expect(Pareto.frontier(of: [[1, 2], [1, 2]], wanting: [.more, .more]) == [0, 1])
    #expect(Pareto.frontier(of: [[1, 2]], wanting: [.more, .more]) == [0])
    #expect(Pareto.frontier(of: [], wanting: [.more, .more]) == [])
  }

  @Test func nothingDominatesItself() {
    #expect(!Pareto.dominates([1, 2], [1, 2], wanting: [.more, .less]))
    #expect(Pareto.dominates([1, 1], [1, 2], wanting: [.more, .less]))
    #expect(!Pareto.dominates([2, 3], [1, 2], wanting: [.more, .less]))
  }
}
