/// Something that two results were made from, and that is not the same in both.
package struct InputDifference: Encodable, Equatable, Sendable {
  /// Key path in the document, as `inputs.workload.rate_req_s`; of a figure behind the result, its
  /// file and key.
  package var path: String
  package var before: String?
  package var now: String?

  package init(path: String, before: String?, now: String?) {
    self.path = path
    self.before = before
    self.now = now
  }

  /// The differences of the seeds, of everything in `inputs`, and of the figures they rest on.
  static func between(_ before: DocumentValue, _ now: DocumentValue) -> [InputDifference] {
    let (old, new) = (values(of: before), values(of: now))
    return Set(old.keys).union(new.keys).sorted().compactMap { path in
      guard old[path] != new[path] else { return nil }
      return InputDifference(path: path, before: old[path], now: new[path])
    }
  }

  private static func values(of document: DocumentValue) -> [String: String] {
    var values: [String: String] = [:]
    values["seed"] = document["seed"]?.scalarText
    for leaf in document["inputs"]?.leaves(at: "inputs") ?? [] { values[leaf.path] = leaf.text }
    if case .array(let figures)? = document["provenance"]?["figures"] {
      for entry in figures {
        guard let from = entry["from"]?.scalarText, let path = entry["path"]?.scalarText else {
          continue
        }
        values["\(from): \(path)"] = entry["value"]?.scalarText
      }
    }
    // The same scenario may lie elsewhere, and titles are words about what is compared anyway.
    return values.filter { path, _ in
      !path.hasPrefix("inputs.scenario.") && !path.hasSuffix(".title")
    }
  }
}
