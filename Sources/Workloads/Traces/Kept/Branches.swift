/// Where conversations in memory divide and join: an answer that several requests wait for, and a
/// request that waits for several answers. All others wait for one answer, alone.
struct Branches: Equatable, Sendable {
  /// By row, those that wait for its answer beside the first one.
  private(set) var further: [Int32: [Int32]] = [:]
  /// By row that waits for several answers, how many.
  private(set) var answers: [Int32: Int] = [:]
  /// By number of session, the one whose requests have called it, or those of one that it has
  /// called; empty where no session is called by another.
  private(set) var roots: [Int32] = []

  var isEmpty: Bool { further.isEmpty && answers.isEmpty && roots.isEmpty }

  var bytes: Int { 64 * (further.count + answers.count) + 4 * roots.count }

  /// A row waits for an answer for which another one waits too.
  mutating func add(_ row: Int32, after answered: Int32) {
    further[answered, default: []].append(row)
  }

  /// A row waits for so many answers.
  mutating func join(_ row: Int32, answers count: Int) {
    if count > 1 { answers[row] = count }
  }

  /// A session begins.
  mutating func begin(_ session: Int32, calledBy caller: Int32?) {
    guard caller != nil || !roots.isEmpty else { return }
    while roots.count <= session { roots.append(Int32(roots.count)) }
    if let caller { roots[Int(session)] = roots[Int(caller)] }
  }

  func root(of session: Int32) -> Int32 {
    roots.indices.contains(Int(session)) ? roots[Int(session)] : session
  }
}

extension Branches {
  /// The branches of a part of the rows.
  ///
  /// - Parameters:
  ///   - rows: the part, with all that wait for any of it.
  ///   - places: where each of them is in the part.
  func part(_ rows: KeptRows, _ chosen: [Int], _ places: [Int: Int32]) -> Branches {
    guard !isEmpty else { return self }
    var part = Branches()
    part.roots = roots
    for row in chosen {
      guard let place = places[row] else { continue }
      if let others = further[Int32(row)] {
        part.further[place] = others.compactMap { places[Int($0)] }
      }
      for next in rows.followers(of: row) where answers[Int32(next)] != nil {
        part.answers[places[next] ?? -1, default: 0] += 1
      }
    }
    return part
  }
}

extension KeptRows {
  /// By row that waits for answers of other conversations, the time from the answer of the turn
  /// before it in its own [ns]; nil for the first one of a conversation that is called.
  var ownDelays: [Int: Int64?] {
    guard !branches.isEmpty, !stamps.isEmpty else { return [:] }
    var delays: [Int: Int64?] = [:]
    var last: [Int32: Int] = [:]
    for row in times.indices {
      let session = session(of: row)
      if let previous = last[session] {
        if branches.answers[Int32(row)] != nil {
          delays[row] = .some(answered(previous).map { max(0, stamps[row] - $0) })
        }
      } else if times[row] < 0 {
        delays[row] = .some(nil)
      }
      last[session] = row
    }
    return delays
  }

  /// When a request had its answer, by the first that waited for it alone [ns]; nil for none.
  private func answered(_ row: Int) -> Int64? {
    let next = followers(of: row).first { branches.answers[Int32($0)] == nil }
    return next.map { stamps[$0] - delay(of: $0) }
  }
}
