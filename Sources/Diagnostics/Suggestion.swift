/// "Did you mean": the known name nearest to one that is not known.
package enum Suggestion {
  /// The nearest candidate within an edit distance of a third of the word (at least 2, and less
  /// than the word has letters, so that something of it is kept), or nil.
  /// Ties go to the candidate listed first; case does not count.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let limit = min(max(2, word.count / 3), word.count - 1)
    let lowered = Array(word.lowercased().utf8)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = editDistance(lowered, Array(candidate.lowercased().utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Damerau-Levenshtein distance over adjacent transpositions (optimal string alignment).
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    // A pasted megabyte is not a misspelling; do not spend quadratic time on it.
    guard left.count <= 200, right.count <= 200 else { return .max }
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforePrevious = [Int]()
    var previous = Array(0...right.count)
    for i in 1...left.count {
      var current = [i]
      for j in 1...right.count {
        let substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        var distance = min(substitution, previous[j] + 1, current[j - 1] + 1)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          distance = min(distance, beforePrevious[j - 2] + 1)
        }
        current.append(distance)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
