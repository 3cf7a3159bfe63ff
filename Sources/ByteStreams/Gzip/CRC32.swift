/// The checksum of gzip and zip (polynomial 0x04C11DB7, reflected), eight bytes at a time.
///
/// Source: RFC 1952, section 8; eight tables as in Kounavis and Berry, "A systematic approach to
/// building high performance software-based CRC generators", ISCC 2005.
///
/// Check: "123456789" has 0xCBF43926 (`GzipTests.checksumOfTheCheckString`).
package struct CRC32: Sendable {
  private var state: UInt32 = .max

  package init() {}

  package var value: UInt32 { ~state }

  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var crc = state
    var index = 0
    Self.tables.withUnsafeBufferPointer { table in
      while index + 8 <= bytes.count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let low = UInt32(truncatingIfNeeded: word) ^ crc
        let high = UInt32(truncatingIfNeeded: word >> 32)
        crc =
          table[1792 + Int(low & 0xFF)] ^ table[1536 + Int(low >> 8 & 0xFF)]
          ^ table[1280 + Int(low >> 16 & 0xFF)] ^ table[1024 + Int(low >> 24)]
        crc ^=
          table[768 + Int(high & 0xFF)] ^ table[512 + Int(high >> 8 & 0xFF)]
          ^ table[256 + Int(high >> 16 & 0xFF)] ^ table[Int(high >> 24)]
        index += 8
      }
      while index < bytes.count {
        crc = table[Int((crc ^ UInt32(bytes[index])) & 0xFF)] ^ (crc >> 8)
        index += 1
      }
    }
    state = crc
  }

  /// Eight tables of 256, one after the other.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var crc = UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
      tables[byte] = crc
    }
    for byte in 0..<256 {
      for table in 1..<8 {
        let before = tables[(table - 1) * 256 + byte]
        tables[table * 256 + byte] = tables[Int(before & 0xFF)] ^ (before >> 8)
      }
    }
    return tables
  }()
}
