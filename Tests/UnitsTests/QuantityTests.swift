import Testing
import Units

struct QuantityTests {
  @Test(arguments: [
    ("141 GB", Dimension.bytes, 141e9),
    ("141 GiB", .bytes, 141 * 0x1p30),
    ("4.8TB/s", .bytesPerSecond, 4.8e12),
    ("  4.8  TB/s  ", .bytesPerSecond, 4.8e12),
    ("1e3 W", .watts, 1000),
    ("1E3W", .watts, 1000),
    ("1_000 W", .watts, 1000),
    (".5 kW", .watts, 500),
    ("+5 W", .watts, 5),
    ("-5 W", .watts, -5),
    ("1.5e-3 ms", .seconds, 1.5e-6),
    ("2.05 USD/h", .dollarsPerHour, 2.05),
    ("989 TFLOP/s", .flopsPerSecond, 989e12),
    ("6 req/min", .requestsPerSecond, 0.1),
  ])
  func numbersWithUnitsAreReadInTheBaseUnit(_ text: String, _ dimension: Dimension, _ value: Double)
    throws
  {
    let read = try Quantity.parse(text, as: dimension).get()
    #expect(abs(read - value) <= abs(value) * 1e-15)
  }

  @Test(arguments: [
    ("", Quantity.ParseFailure.notANumber),
    ("   ", .notANumber),
    ("W", .notANumber),
    ("e3 W", .notANumber),
    ("nan W", .notANumber),
    ("inf W", .notANumber),
    ("-inf W", .notANumber),
    ("1e400 W", .notANumber),
    ("1e308 MW", .notANumber),
    ("0x10 W", .notANumber),
    ("٣ W", .notANumber),
    ("½ W", .notANumber),
    ("1,000 W", .wrongUnit(",000 W", belongsTo: nil)),
    ("1__0 W", .notANumber),
    ("_1 W", .notANumber),
    ("1_ W", .notANumber),
    ("1-2 W", .notANumber),
    ("1.2.3 W", .notANumber),
    ("700", .missingUnit),
    ("700 ", .missingUnit),
    ("1e3", .missingUnit),
    ("5EB", .wrongUnit("EB", belongsTo: nil)),
    ("5 w", .wrongUnit("w", belongsTo: nil)),
    ("5 K W", .wrongUnit("K W", belongsTo: nil)),
    ("5 GB", .wrongUnit("GB", belongsTo: .bytes)),
    ("5 GB/s", .wrongUnit("GB/s", belongsTo: .bytesPerSecond)),
    ("5 W٣", .wrongUnit("W٣", belongsTo: nil)),
  ])
  func whatIsNotAPowerIsRefused(_ text: String, _ failure: Quantity.ParseFailure) {
    #expect(Quantity.parse(text, as: .watts) == .failure(failure))
  }

  @Test func plainNumbersAreFiniteAndDecimal() {
    #expect(Quantity.plainNumber("12_345.5") == 12345.5)
    #expect(Quantity.plainNumber("-1e-3") == -0.001)
    for text in ["", "_", "0x1p4", "nan", "infinity", "1e999", "1 ", "٣", "1f"] {
      #expect(Quantity.plainNumber(text) == nil, "\(text)")
    }
  }

  @Test func acceptedUnitsReadAsASentencePart() {
    #expect(Dimension.watts.acceptedUnits == "`W`, `kW` or `MW`")
    #expect(Dimension.dollarsPerHour.acceptedUnits == "`USD/h`")
  }

  @Test func noUnitBelongsToTwoDimensions() {
    let symbols = Dimension.allCases.flatMap { $0.units.map(\.symbol) }
    #expect(Set(symbols).count == symbols.count)
    for dimension in Dimension.allCases {
      for unit in dimension.units {
        #expect(Quantity.parse("2 \(unit.symbol)", as: dimension) == .success(2 * unit.factor))
        #expect(Quantity.parse("2\(unit.symbol)", as: dimension) == .success(2 * unit.factor))
      }
    }
  }
}
