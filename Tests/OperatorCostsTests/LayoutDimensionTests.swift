import OperatorCosts
import Testing

@Suite struct LayoutDimensionTests {
  @Test func everyDimensionIsOneOfTheLayouts() {
    for dimension in LayoutDimension.allCases {
      var layout = ParallelLayout()
      #expect(layout[dimension] == dimension.unused)
      layout[dimension] = 2
      #expect(layout.used.map(\.dimension) == [dimension])
      #expect(layout.used[0].size == 2)
    }
    #expect(ParallelLayout().used.isEmpty)
  }
}
