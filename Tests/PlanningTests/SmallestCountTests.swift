import Testing

@testable import Planning

struct SmallestCountTests {
  @Test func itIsTheFirstThatHolds() {
    for answer in 1...70 {
      for start in [1, 2, 5, 17, 64, 100] {
        var asked = 0
        let found = SmallestCount.find(from: start, upTo: 200) { count in
          asked += 1
          return count >= answer
        }
        #expect(found == answer, "from \(start)")
        #expect(asked <= 16, "from \(start) to \(answer)")
      }
    }
  }

  @Test func nothingUpToTheLimitIsNoAnswer() {
    #expect(SmallestCount.find(from: 3, upTo: 50) { $0 > 50 } == nil)
    #expect(SmallestCount.find(from: 99, upTo: 50) { $0 == 50 } == 50)
  }

  @Test func anEndedSearchHasNoAnswer() {
    #expect(SmallestCount.find(from: 3, upTo: 50) { $0 > 7 ? nil : false } == nil)
  }

  @Test func nothingIsAskedTwice() {
    for answer in 1...40 {
      var asked: [Int] = []
      _ = SmallestCount.find(from: 11, upTo: 100) { count in
        asked.append(count)
        return count >= answer
      }
      #expect(Set(asked).count == asked.count, "\(answer): \(asked)")
    }
  }
}
