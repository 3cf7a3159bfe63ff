import Planning
import Requirements
import Results
import ServingSimulation
import Testing

@testable import Documents

/// What is held, as a reader sees it.
struct LevelWordsTests {
  private func words(_ text: String, share: Double? = nil) throws -> [String] {
    let requirement = try Requirement(text, of: RunFigures.figures, at: nil)
    return ServiceLevel(attainment: nil, share: share, requirements: [requirement])
      .words(Objectives())
  }

  @Test(
    arguments: [
      (nil, "interactivity >= 40 tok/s for the median user"),
      (0.95, "interactivity >= 40 tok/s for 95 % of the users"),
    ] as [(Double?, String)])
  func speedSaysWhoHasIt(share: Double?, expected: String) throws {
    #expect(try words("interactivity >= 40 tok/s", share: share) == [expected])
  }

  @Test(arguments: [
    ("makespan < 8 h", "makespan < 8 h"), ("makespan < 5400 s", "makespan < 1.5 h"),
    ("makespan < 5000 s", "makespan < 5000 s"),
    ("load.utilisation < 0.8", "load.utilisation < 80 %"),
    ("ttft.p99 < 500 ms", "ttft.p99 < 500 ms"),
  ])
  func boundsAreAsPeopleWriteThem(text: String, expected: String) throws {
    #expect(try words(text) == [expected])
  }
}
