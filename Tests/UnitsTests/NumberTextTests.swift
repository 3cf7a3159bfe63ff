import Testing
import Units

struct NumberTextTests {
  @Test(
    arguments: [
      (0.05, 1, "0.1"), (0.049, 1, "0.0"), (-0.05, 1, "-0.1"), (-0.049, 1, "0.0"),
      (0.95, 1, "1.0"), (9999.95, 1, "10,000.0"), (0, 0, "0"), (-0.0, 2, "0.00"),
      (1234, 0, "1234"), (12345, 0, "12,345"), (1_234_567.891, 1, "1,234,567.9"),
      (-1_234_567.891, 2, "-1,234,567.89"), (0.005, 3, "0.005"), (2.5, 0, "3"), (-2.5, 0, "-3"),
      (1e18, 0, "1,000,000,000,000,000,000"), (1e19, 0, "1e+19"), (1e300, 2, "1e+300"),
      (0, 400, "0.000000000000000"), (.infinity, 1, "inf"), (-.infinity, 1, "-inf"),
      (.nan, 1, "nan"), (.greatestFiniteMagnitude, 3, "1.7976931348623157e+308"),
      (.leastNonzeroMagnitude, 3, "0.000"),
    ] as [(Double, Int, String)])
  func fixedDecimalsRoundHalfAwayFromZeroAndGroup(
    _ value: Double, _ decimals: Int, _ text: String
  ) {
    #expect(NumberText.fixed(value, decimals) == text)
  }

  @Test(
    arguments: [
      (0.012345, 3, "0.0123"), (0.5, 3, "0.500"), (5, 3, "5.00"), (50, 3, "50.0"),
      (500, 3, "500"), (5000, 3, "5000"), (50_000, 3, "50,000"), (0, 3, "0"),
      (-0.0123, 2, "-0.012"),
      (1e-9, 3, "0.00000000100"), (1.5e-20, 3, "1.5e-20"), (-1.5e-20, 3, "-1.5e-20"),
      (.infinity, 3, "inf"), (.nan, 3, "nan"),
    ] as [(Double, Int, String)])
  func significantDigitsFollowTheSizeOfTheNumber(_ value: Double, _ digits: Int, _ text: String) {
    #expect(NumberText.significant(value, digits) == text)
  }

  @Test(
    arguments: [
      (0, "0"), (9999, "9999"), (10_000, "10,000"), (-9999, "-9999"), (-10_000, "-10,000"),
      (.max, "9,223,372,036,854,775,807"), (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int64, String)])
  func wholeNumbersAreGroupedFromFiveDigitsOn(_ value: Int64, _ text: String) {
    #expect(NumberText.grouped(value) == text)
  }

  @Test(
    arguments: [
      (8, "8"), (0.25, "0.25"), (-1.5, "-1.5"), (0, "0"), (1e20, "1e+20"), (.infinity, "inf"),
    ] as [(Double, String)])
  func plainNumbersHaveNoMoreDigitsThanNeeded(_ value: Double, _ text: String) {
    #expect(NumberText.plain(value) == text)
  }

  @Test(
    arguments: [
      (1.41e11, Dimension.bytes, "141 GB"), (4.8e12, .bytesPerSecond, "4.80 TB/s"),
      (0, .bytes, "0 B"), (3.5e-6, .seconds, "3.50 us"), (7200, .seconds, "7200 s"),
      (-700, .watts, "-700 W"), (5e-10, .seconds, "0.500 ns"),
      (2.05, .dollarsPerHour, "2.05 USD/h"),
      (9.89e14, .flopsPerSecond, "989 TFLOP/s"), (0.5, .requestsPerSecond, "0.500 req/s"),
    ] as [(Double, Dimension, String)])
  func quantitiesTakeTheLargestUnitThatFits(
    _ value: Double, _ dimension: Dimension, _ text: String
  ) {
    #expect(NumberText.quantity(value, dimension) == text)
  }

  @Test(
    arguments: [
      (1e9, Dimension.bytesPerSecond, "1 GB/s"), (0, .seconds, "0 s"), (1e-3, .seconds, "1 ms"),
      (3600, .seconds, "3600 s"), (1e15, .bytes, "1000 TB"), (1e4, .dollarsPerHour, "10,000 USD/h"),
    ] as [(Double, Dimension, String)])
  func plainQuantitiesHaveNoMoreDigitsThanTheyNeed(
    _ value: Double, _ dimension: Dimension, _ text: String
  ) {
    #expect(NumberText.plain(value, dimension) == text)
  }

  @Test func quantitiesThatAreHeldAgainstEachOtherAreToldApart() {
    for (first, second, expected) in [
      (20, 9.4, ("20.0 req/s", "9.40 req/s")), (24, 24.03, ("24.00 req/s", "24.03 req/s")),
      (24, 24, ("24.0 req/s", "24.0 req/s")),
    ] as [(Double, Double, (String, String))] {
      #expect(NumberText.apart(first, second, .requestsPerSecond) == expected)
    }
  }
}
