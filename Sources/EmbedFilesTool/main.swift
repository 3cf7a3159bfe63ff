import Foundation

// Writes one Swift file that holds every listed file as a string literal.
// Usage: EmbedFilesTool ROOT OUTPUT FILE...

let arguments = CommandLine.arguments
let root = arguments[1]
let output = arguments[2]

func literal(_ text: String) -> String {
  var escaped = "\""
  escaped.reserveCapacity(text.utf8.count + text.utf8.count / 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\": escaped += "\\\\"
    case "\"": escaped += "\\\""
    case "\n": escaped += "\\n"
    case "\r": escaped += "\\r"
    case "\t": escaped += "\\t"
    case "\0": escaped += "\\0"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped + "\""
}

var source = "enum EmbeddedFiles {\n  static let all: [(path: String, contents: StaticString)] = [\n"
for file in arguments.dropFirst(3) {
  let text = try String(contentsOfFile: file, encoding: .utf8)
  let path = file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
  source += "    (path: \(literal(path)), contents: \(literal(text))),\n"
}
source += "  ]\n}\n"
try source.write(toFile: output, atomically: true, encoding: .utf8)
