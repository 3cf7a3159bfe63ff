internal import Units

extension Diagnostic {
  /// The message as printed, without a trailing newline. Colour never carries meaning here.
  ///
  ///     error[scenario/unknown-key]: unknown key `quantisation`
  ///       --> chat.yaml:14:5  parallelism.tensor
  ///       note: usable = 80.0 GB x 0.90
  ///     hint: did you mean `quantization`?
  package var text: String {
    var lines = ["\(severity.rawValue)[\(code)]: \(message)"]
    if let location {
      var place = location.file
      if let line = location.line {
        place += ":\(line)"
        if let column = location.column { place += ":\(column)" }
      }
      lines.append("  --> \(place)" + (path.map { "  \($0)" } ?? ""))
    } else if let path {
      lines.append("  --> \(path)")
    }
    lines += notes.map { "  note: \($0)" }
    if let hint { lines.append("hint: \(hint)") }
    return InertText.log(lines.map(InertText.line).joined(separator: "\n"))
  }
}
