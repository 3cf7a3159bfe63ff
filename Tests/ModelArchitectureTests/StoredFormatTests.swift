import ModelArchitecture
import Testing

struct StoredFormatTests {
  private static let formats: [(StoredFormat, Double)] = [
    (StoredFormat(.integer(bits: 4), group: 32), 0.5625),
    (StoredFormat(.integer(bits: 4), group: 128, hasZeroPoints: true), 0.51953125),
    (StoredFormat(.integer(bits: 8)), 1), (StoredFormat(.nvFloat4), 0.5625),
    (StoredFormat(.mxFloat4), 0.53125), (StoredFormat(.mxFloat8), 1.03125),
    (StoredFormat(.float8Blocks(rows: 128, columns: 128)), 1.000244140625),
    (StoredFormat(.normalFloat4), 0.515869140625), (StoredFormat.bfloat16, 2),
  ]

  @Test(arguments: formats)
  func bytesPerWeight(format: StoredFormat, bytes: Double) {
    #expect(format.bytesPerWeight == bytes)
  }
}
