import Diagnostics

/// What is wrong with what the program says, whatever it says it about.
enum Verdict {
  /// Of results, each in some form.
  static func fault(of result: String) -> String? {
    if result.isEmpty { return "says nothing" }
    return inert(result) ?? (hasNoNumber(result) ? "prints what is no number" : nil)
  }

  /// Of a refusal.
  static func fault(of refusal: any Error) -> String? {
    let found: [Diagnostic]
    switch refusal {
    case let error as InvalidInput: found = error.diagnostics
    case let error as FileFailure: found = [error.diagnostic]
    default: return "fails with what nobody understands: \(refusal)"
    }
    if found.isEmpty || found.contains(where: { $0.message.isEmpty }) { return "fails in silence" }
    return found.lazy.compactMap { inert($0.text) }.first
  }

  /// Of figures that must be the same.
  static func difference(_ one: [(String, Double?)], _ other: [(String, Double?)]) -> String? {
    for ((name, left), (_, right)) in zip(one, other) {
      guard let left, let right else {
        if left != right { return "differs: \(name) is only there once" }
        continue
      }
      guard abs(left - right) <= 1e-9 * max(abs(left), abs(right)) else {
        return "differs: \(name) is \(left) and \(right)"
      }
    }
    return nil
  }

  static func fault(ofLaws broken: [String]) -> String? {
    broken.first.map { "breaks a law: \($0)" }
  }

  /// Bytes and lines that command whoever shows them.
  static func inert(_ text: String) -> String? {
    for byte in text.utf8 where byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F {
      return "prints a control character: \(byte)"
    }
    for line in text.split(separator: "\n") {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("::"), line.dropFirst(2).contains("::") {
        return "prints a workflow command"
      }
    }
    return nil
  }

  private static let noNumbers: Set = ["nan", "-nan", "inf", "-inf", "infinity", "-infinity"]

  private static func hasNoNumber(_ text: String) -> Bool {
    text.utf8.split(whereSeparator: { " ,:\n[]{}\"|".utf8.contains($0) }).contains {
      $0.count <= 9 && noNumbers.contains(String(decoding: $0, as: UTF8.self).lowercased())
    }
  }
}
