import Testing

/// Profiles with several things wrong at once: each of them is named in one round.
struct BrokenProfilesTests {
  struct Broken: Sendable, CustomStringConvertible {
    var description: String
    /// What stands in the sample, and what stands there instead.
    var edits: [(String, String)]
    /// Codes of what must be said, in the file's order.
    var codes: [String]

    init(_ description: String, _ codes: [String], _ edits: (String, String)...) {
      self.description = description
      self.codes = codes
      self.edits = edits
    }
  }

  private static let unknownKey = ("  processors: 132", "  procesors: 132")
  private static let missingUnit = ("capacity: {value: 141 GB", "capacity: {value: 141")
  private static let wrongUnit = ("tdp: {value: 700 W", "tdp: {value: 700 GB")
  private static let unknownSource = (
    "status: measured, source: bench", "status: measured, source: x"
  )
  private static let unknownStatus = (
    "host_link:\n  bandwidth: {value: 64 GB/s, status: datasheet",
    "host_link:\n  bandwidth: {value: 64 GB/s, status: sure"
  )
  private static let share = ("compute: 0.77", "compute: 77")
  private static let topology = ("topology: switched", "topology: star")
  private static let kind = ("kind: gpu", "kind: toaster")
  private static let noDomain = ("  domain: 8\n", "")
  private static let idle = ("idle: {value: 80.3 W", "idle: {value: 900 W")
  private static let notANumber = ("bf16: {value: 989 TFLOP/s", "bf16: {value: many TFLOP/s")
  private static let noTitle = ("title: Sample accelerator\n", "")

  static let all: [Broken] = [
    Broken("key and unit", ["missing-unit", "unknown-key"], missingUnit, unknownKey),
    Broken("two units", ["missing-unit", "wrong-unit"], missingUnit, wrongUnit),
    Broken("unit and source", ["wrong-unit", "unknown-source"], wrongUnit, unknownSource),
    Broken("source and key", ["unknown-source", "unknown-key"], unknownSource, unknownKey),
    Broken("status and share", ["out-of-range", "unknown-value"], unknownStatus, share),
    Broken("share and topology", ["out-of-range", "unknown-value"], share, topology),
    Broken("kind and unit", ["unknown-value", "missing-unit"], kind, missingUnit),
    Broken("kind and key", ["unknown-value", "unknown-key"], kind, unknownKey),
    Broken("domain and unit", ["wrong-unit", "missing-key"], noDomain, wrongUnit),
    Broken("domain and source", ["unknown-source", "missing-key"], noDomain, unknownSource),
    Broken("idle and key", ["idle-power", "unknown-key"], idle, unknownKey),
    Broken("idle and share", ["idle-power", "out-of-range"], idle, share),
    Broken("number and unit", ["not-a-number", "missing-unit"], notANumber, missingUnit),
    Broken("number and topology", ["not-a-number", "unknown-value"], notANumber, topology),
    Broken("title and unit", ["missing-key", "missing-unit"], noTitle, missingUnit),
    Broken("title and share", ["missing-key", "out-of-range"], noTitle, share),
    Broken(
      "three keys", ["missing-key", "unknown-key", "missing-key"], noTitle, unknownKey, noDomain),
    Broken(
      "three units", ["not-a-number", "missing-unit", "wrong-unit"], notANumber, missingUnit,
      wrongUnit),
    Broken(
      "four things", ["unknown-value", "missing-unit", "out-of-range", "unknown-value"], kind,
      missingUnit, share, topology),
    Broken(
      "five things",
      ["not-a-number", "missing-unit", "unknown-source", "unknown-key", "unknown-value"],
      notANumber, missingUnit, unknownSource, unknownKey, topology),
  ]

  @Test(arguments: all)
  func everythingThatIsWrongIsSaidAtOnce(_ broken: Broken) {
    var text = SampleProfile.text
    for (right, wrong) in broken.edits {
      #expect(text.contains(right), "\(right)")
      text = text.replacing(right, with: wrong, maxReplacements: 1)
    }
    let codes = SampleProfile.problems(of: text).compactMap { message in
      message.split(separator: "]").first?.split(separator: "/").last.map(String.init)
    }
    #expect(codes == broken.codes)
  }

  @Test func thereAreTwentyOfThem() { #expect(Self.all.count == 20) }
}
