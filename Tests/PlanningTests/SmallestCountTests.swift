import Testing

@testable import Planning

struct SmallestCountTests {
  @Test func itIsTheFirstThatHolds() {
    for answer in 1...70 {
      for start in [1, 2, 5, 17, 64, 100] {
        var asked = 0
        let found = SmallestCount(from: start, upTo: 200).find { count, _ in
          asked += 1
          return count >= answer
        }
        #expect(found == answer, "from \(start)")
        #expect(asked <= 16, "from \(start) to \(answer)")
      }
    }
  }

  @Test func nothingUpToTheLimitIsNoAnswer() {
    #expect(SmallestCount(from: 3, upTo: 50).find { count, _ in count > 50 } == nil)
    #expect(SmallestCount(from: 99, upTo: 50).find { count, _ in count == 50 } == 50)
  }

  @Test func anEndedSearchHasNoAnswer() {
    #expect(SmallestCount(from: 3, upTo: 50).find { count, _ in count > 7 ? nil : false } == nil)
  }

  @Test func nothingIsAskedTwice() {
    for answer in 1...40 {
      var asked: [Int] = []
      _ = SmallestCount(from: 11, upTo: 100).find { count, _ in
        asked.append(count)
        return count >= answer
      }
      #expect(Set(asked).count == asked.count, "\(answer): \(asked)")
    }
  }

  @Test func itForeseesWhatIsAskedNextIfANumberHolds() {
    for answer in 1...40 {
      for start in [1, 11, 40] {
        var foreseen: Int?
        _ = SmallestCount(from: start, upTo: 100).find { count, next in
          if let foreseen { #expect(count == foreseen, "from \(start) to \(answer)") }
          foreseen = count >= answer ? next : nil
          return count >= answer
        }
        #expect(foreseen == nil)
      }
    }
  }
}
