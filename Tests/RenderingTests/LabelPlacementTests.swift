import Testing

@testable import Rendering

struct LabelPlacementTests {
  @Test func namesOfNeighboursDoNotTouch() {
    var labels = LabelPlacement(height: 240)
    let first = labels.beside("batch 1", x: 50, y: 100)
    let second = labels.beside("batch 2", x: 51, y: 100)
    #expect(first?.markup.text.contains("y=\"93\"") == true && second != nil)
    #expect(second?.markup.text != first?.markup.text.replacing("batch 1", with: "batch 2"))
    // Above and below are taken, to the right and to the left.
    _ = labels.beside("batch 3", x: 50, y: 100)
    _ = labels.beside("batch 4", x: 50, y: 100)
    #expect(labels.beside("batch 5", x: 50, y: 100) == nil)
  }

  @Test func nameThatWouldLeaveThePlotStandsOnTheOtherSide() {
    var labels = LabelPlacement(height: 240)
    let label = labels.beside("batch 512", x: 98, y: 100)
    #expect(label?.markup.text.contains("text-anchor=\"end\"") == true)
    let start = labels.beside("batch 1", x: 0, y: 100)
    #expect(start?.markup.text.contains("text-anchor=\"start\"") == true)
  }

  /// The whole settings of a case are longer than a phone is wide.
  @Test func nameWithoutRoomIsLeftOut() {
    var labels = LabelPlacement(height: 240)
    let name = "parallelism.tensor=4, workload.arrivals={process: closed-loop}"
    #expect(labels.beside(name, x: 50, y: 100) == nil)
    #expect(labels.beside("", x: 50, y: 100) == nil)
  }
}
