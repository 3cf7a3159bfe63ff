/// The mark with which spreadsheets begin UTF-8: no part of what follows.
package enum ByteOrderMark {
  /// Bytes of the mark that a text begins with, 0 where it has none.
  package static func length(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }

  package static func length(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { length($0) }
  }
}
