/// The ids of requests that were read from a trace and have not left: a file is not read again for
/// each of them.
///
/// An overloaded deployment has millions that wait, so they lie packed, in about a tenth of what
/// their ids are as numbers of 64 bits, and in pieces of some consecutive requests, each given up
/// when the last of its requests has left.
package final class OpenTexts {
  private static let requestsOfPiece = 256

  /// A class, so that whoever asks for a prompt holds one thing and not each of its lists.
  private final class Piece {
    private(set) var packed: [UInt8] = []
    /// Behind which byte the ids of each request begin; 0 where it has none, or has left.
    private(set) var starts = [UInt32](repeating: 0, count: requestsOfPiece)
    private(set) var open = 0

    func add(_ place: Int, scope: UInt64, _ ids: [UInt64]) {
      PackedIDs.append(ids, scope: scope, to: &packed)
      starts[place] = ends
      ends = UInt32(packed.count) + 1
      open += 1
    }

    func leave(_ place: Int) {
      starts[place] = 0
      open -= 1
    }

    func append(_ place: Int, to chain: inout PrefixChain) {
      let start = Int(starts[place])
      guard start > 0 else { return }
      chain.removeRecorded()
      let scope = PackedIDs.append(packed, from: start - 1, to: &chain.recorded)
      chain.appendRecorded(scope: scope)
    }

    /// Forgets the room for more.
    func close() { packed = packed.withUnsafeBufferPointer { Array($0) } }

    private var ends: UInt32 = 1
  }

  /// The pieces from number `first` on; nil where all of one have left, or none had ids.
  private var pieces: [Piece?] = []
  private var first = 0
  /// How many of the first pieces nobody is left of; the last one may go on.
  private var gone = 0

  /// Memory that the kept pieces take [B].
  var bytes: Int {
    pieces.reduce(0) { $0 + ($1.map { $0.packed.count + 4 * $0.starts.count } ?? 0) }
  }

  /// Keeps the ids of a request; requests come in the order of their numbers.
  func add(_ index: Int32, scope: UInt64, _ ids: [UInt64]) {
    guard !ids.isEmpty else { return }
    let (number, place) = Self.place(of: index)
    if pieces.isEmpty { first = number }
    precondition(number >= first, "requests come in the order of their numbers")
    if number - first >= pieces.count { begin(number) }
    let piece = pieces[number - first] ?? Piece()
    pieces[number - first] = piece
    piece.add(place, scope: scope, ids)
  }

  /// Begins a piece behind all others, and gives up the room of those in front that have left.
  private func begin(_ number: Int) {
    if let last = pieces.indices.last { pieces[last]?.close() }
    if gone > 0, 2 * gone + 1 >= pieces.count {
      pieces.removeFirst(gone)
      first += gone
      gone = 0
    }
    while number - first >= pieces.count { pieces.append(nil) }
    passGone()
  }

  private func passGone() {
    while gone + 1 < pieces.count, pieces[gone] == nil { gone += 1 }
  }

  /// Adds the blocks of a request's prompt to a chain.
  func append(of index: Int32, to chain: inout PrefixChain) {
    let (number, place) = Self.place(of: index)
    guard let piece = piece(number) else { return }
    piece.append(place, to: &chain)
  }

  /// A request has left, and nobody asks for it again.
  package func remove(_ index: Int32) {
    let (number, place) = Self.place(of: index)
    guard let piece = piece(number), piece.starts[place] > 0 else { return }
    if piece.open == 1 {
      pieces[number - first] = nil
      passGone()
    } else {
      piece.leave(place)
    }
  }

  private func piece(_ number: Int) -> Piece? {
    pieces.indices.contains(number - first) ? pieces[number - first] : nil
  }

  private static func place(of index: Int32) -> (number: Int, place: Int) {
    (Int(index) / requestsOfPiece, Int(index) % requestsOfPiece)
  }
}
