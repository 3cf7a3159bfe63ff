internal import ByteStreams

/// Files that are published without a line end behind their last line.
///
/// Of any other file without one nobody knows whether its last number is whole; these are known by
/// their length and checksum (Azure/AzurePublicDataset, `data`, 2023).
enum PublishedTrace {
  private static let known: [(name: String, bytes: Int64, crc: UInt32)] = [
    ("AzureLLMInferenceTrace_code.csv", 320_117, 0xF51D_9CB9),
    ("AzureLLMInferenceTrace_conv.csv", 719_188, 0x1F9D_1153),
  ]

  /// Whether a file of that length may be one, so that its checksum is wanted.
  static func mayBe(_ source: ByteSource) -> Bool {
    guard let size = source.size else { return true }
    // Packed, it is shorter.
    return known.contains { size <= $0.bytes }
  }

  static func isOne(_ lines: LineReader) -> Bool {
    known.contains { $0.bytes == lines.bytesRead && $0.crc == lines.crc }
  }
}
