/// The ids of requests that were read from a trace and have not left: a file is not read again for
/// each of them.
///
/// An overloaded deployment has millions that wait, so they lie packed, in about a tenth of what
/// their ids are as numbers of 64 bits, and in pieces of some consecutive requests, each given up
/// when the last of its requests has left.
package final class OpenTexts {
  private static let requestsOfPiece = 256

  private struct Piece {
    var packed: [UInt8] = []
    /// Behind which byte the ids of each request begin; 0 where it has none, or has left.
    var starts = [UInt32](repeating: 0, count: requestsOfPiece)
    var open = 0

    mutating func add(_ place: Int, scope: UInt64, _ ids: [UInt64]) {
      PackedIDs.append(ids, scope: scope, to: &packed)
      starts[place] = ends
      ends = UInt32(packed.count) + 1
      open += 1
    }

    mutating func leave(_ place: Int) {
      starts[place] = 0
      open -= 1
    }

    /// Forgets the room for more.
    mutating func close() { packed = packed.withUnsafeBufferPointer { Array($0) } }

    private var ends: UInt32 = 1
  }

  private var pieces: [Int32: Piece] = [:]
  private var latest: Int32 = 0

  /// Memory that the kept pieces take [B].
  var bytes: Int {
    pieces.values.reduce(0) { $0 + $1.packed.count + 4 * $1.starts.count }
  }

  func add(_ index: Int32, scope: UInt64, _ ids: [UInt64]) {
    guard !ids.isEmpty else { return }
    let (number, place) = Self.place(of: index)
    if number != latest { pieces[latest]?.close() }
    latest = number
    pieces[number, default: Piece()].add(place, scope: scope, ids)
  }

  /// Adds the blocks of a request's prompt to a chain.
  func append(of index: Int32, to chain: inout PrefixChain) {
    let (number, place) = Self.place(of: index)
    guard let piece = pieces[number], piece.starts[place] > 0 else { return }
    chain.recorded.removeAll(keepingCapacity: true)
    let scope = PackedIDs.append(
      piece.packed, from: Int(piece.starts[place]) - 1, to: &chain.recorded)
    chain.appendRecorded(scope: scope)
  }

  /// A request has left, and nobody asks for it again.
  package func remove(_ index: Int32) {
    let (number, place) = Self.place(of: index)
    guard pieces[number]?.starts[place] ?? 0 > 0 else { return }
    if pieces[number]?.open == 1 { pieces[number] = nil } else { pieces[number]?.leave(place) }
  }

  private static func place(of index: Int32) -> (number: Int32, place: Int) {
    (index / Int32(requestsOfPiece), Int(index) % requestsOfPiece)
  }
}
