import ByteStreams
import Foundation
import TestSupport
import Testing

/// Against the gzip that is on every computer, and against files that were harmed.
struct GzipTests {
  @Test func checksumOfTheCheckString() {
    var crc = CRC32()
    Array("123456789".utf8).withUnsafeBytes { crc.add($0) }
    #expect(crc.value == 0xCBF4_3926)
  }

  /// Packed by the computer's own gzip.
  static func packed(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -n -\(level)"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let writer = input.fileHandleForWriting
    DispatchQueue.global().async {
      writer.write(Data(bytes))
      try? writer.close()
    }
    let result = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return [UInt8](result)
  }

  private func unpacked(_ bytes: [UInt8], piece: Int = 1 << 16) throws -> [UInt8] {
    let stream = try ByteStream(ByteSource(bytes, named: "a.gz"))
    #expect(stream.isPacked)
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: piece)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
      guard count > 0 else { return result }
      result += buffer[..<count]
    }
  }

  /// Texts that repeat, noise, long runs, and nothing, in turn.
  private static func sample(_ seed: UInt64) -> [UInt8] {
    var random = SeededBytes(seed)
    let count = seed % 7 == 0 ? Int(random.next() % 40) : Int(random.next() % 700_000)
    let alphabet = [2, 4, 10, 64, 256][Int(random.next() % 5)]
    var bytes: [UInt8] = []
    while bytes.count < count {
      switch random.next() % 3 {
      case 0 where !bytes.isEmpty:
        // A piece from before, near or far.
        let back = 1 + Int(random.next() % UInt64(min(bytes.count, 40_000)))
        let length = 3 + Int(random.next() % 400)
        for _ in 0..<length { bytes.append(bytes[bytes.count - back]) }
      case 1:
        bytes += [UInt8](repeating: UInt8(random.next() % 256), count: Int(random.next() % 300))
      default:
        for _ in 0..<(random.next() % 500) {
          bytes.append(UInt8(random.next() % UInt64(alphabet)))
        }
      }
    }
    return bytes
  }

  @Test func whatGzipPacksIsUnpacked() throws {
    for seed in LongTests.seeds(short: 24, long: 400) {
      let bytes = Self.sample(seed)
      let level = [1, 6, 9][Int(seed % 3)]
      let packed = try Self.packed(bytes, level: level)
      let piece = [1 << 16, 7, 1 << 20][Int(seed % 3)]
      #expect(try unpacked(packed, piece: piece) == bytes, "WINDTUNNEL_SEED=\(seed)")
    }
  }

  @Test func membersFollowEachOther() throws {
    let parts = [Self.sample(1), [], Self.sample(2), Array("last".utf8)]
    let packed = try parts.flatMap { try Self.packed($0) }
    #expect(try unpacked(packed) == parts.flatMap { $0 })
    // Tapes fill up with zeros.
    #expect(try unpacked(packed + [0, 0, 0, 0, 0]) == parts.flatMap { $0 })
  }

  @Test func namesAndCommentsArePassedOver() throws {
    let plain = try Self.packed(Array("contents".utf8))
    var named = plain
    // Extra bytes, a name, a comment and a checksum of the header.
    named[3] = 4 | 8 | 16 | 2
    named.insert(
      contentsOf: [2, 0, 9, 9] + Array("a.csv\0".utf8) + Array("said\0".utf8) + [1, 2], at: 10)
    #expect(try unpacked(named) == Array("contents".utf8))
  }

  @Test func everyTruncationIsNoticed() throws {
    let packed = try Self.packed(Array(Self.sample(3).prefix(3_000)))
    // What is shorter than a mark is not known to be packed.
    for count in 2..<packed.count {
      #expect(throws: ByteStreamFailure.truncated(path: "a.gz")) {
        try unpacked(Array(packed.prefix(count)))
      }
    }
  }

  @Test func noHarmedFileIsReadAsAnother() throws {
    let bytes = Array(Self.sample(4).prefix(20_000))
    let packed = try Self.packed(bytes)
    for seed in LongTests.seeds(short: 300, long: 20_000) {
      var random = SeededBytes(seed)
      var harmed = packed
      // Behind the header, whose time, flags of speed and system mean nothing.
      let place = 10 + Int(random.next() % UInt64(packed.count - 10))
      harmed[place] ^= 1 << UInt8(random.next() % 8)
      let result = try? unpacked(harmed)
      #expect(result == nil || result == bytes, "WINDTUNNEL_SEED=\(seed)")
    }
  }

  @Test func otherPackingsAreNamed() {
    for (bytes, unpacker) in [
      ([0x28, 0xB5, 0x2F, 0xFD, 0, 0], "zstd -d"), ([0x42, 0x5A, 0x68, 0x39], "bzip2 -d"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz -d"), ([0x50, 0x4B, 0x03, 0x04], "unzip"),
    ] as [([UInt8], String)] {
      #expect(throws: ByteStreamFailure.packed(path: "a", unpacker: unpacker)) {
        try ByteStream(ByteSource(bytes, named: "a"))
      }
    }
  }
}

/// SplitMix64, as the tests' own source of bytes.
struct SeededBytes {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
