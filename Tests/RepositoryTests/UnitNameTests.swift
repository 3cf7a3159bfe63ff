import Testing

struct UnitNameTests {
  private static let files = Repository.sources.filter { UnitNames.rooms.contains($0.room) }

  @Test func everyNumberOfTheModelHasAUnitInItsName() {
    #expect(Self.files.flatMap(UnitNames.properties).count > 60)
    expectNone(Self.files.flatMap(UnitNames.violations))
  }

  @Test func noExceptionIsLeftOver() {
    #expect(UnitNames.unused(in: Self.files).isEmpty)
  }

  @Test(arguments: [
    "time", "latency", "bandwidthGB", "power", "cost", "price", "size", "perSecond", "secondsPer",
    "peak", "speed", "total", "delay", "floor", "value",
  ])
  func nameWithoutAUnitIsFound(name: String) {
    let text = "struct A {\n  package var \(name): Double?\n}\n"
    let file = SourceFile("Sources/Hardware/A.swift", text)
    expectOnly("`A.\(name)` is a Double without a unit", in: UnitNames.violations(file))
  }

  @Test(arguments: [
    "seconds", "idleWatts", "lightSecondsPerFLOP", "prefillFLOPsPerPair", "usableFraction",
    "blendedDollarsPerMillionTokens", "flops",
  ])
  func nameWithAUnitIsAccepted(name: String) {
    #expect(UnitNames.isClear(name))
  }

  @Test func localsAndOtherTypesAreLeftAlone() {
    let text = """
      struct A {
        let size: Int
        let sizes: [Double]
        func f(time: Double) {
          let latency: Double = 1
        }
      }
      """
    #expect(UnitNames.properties(SourceFile("Sources/Hardware/A.swift", text)).isEmpty)
  }
}
