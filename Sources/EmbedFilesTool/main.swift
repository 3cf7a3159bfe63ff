import Foundation

// Writes one Swift file that holds every data file below some folders as a string literal.
// Usage: EmbedFilesTool ROOT OUTPUT FOLDER...

let arguments = CommandLine.arguments
let root = arguments[1]
let output = arguments[2]
let endings: Set = ["yaml", "json", "csv", "css", "js"]

func files(below folder: String) -> [String] {
  let found = FileManager.default.enumerator(atPath: root + folder)
  return (found?.compactMap { $0 as? String } ?? [])
    .filter { path in endings.contains { path.hasSuffix("." + $0) } }
    .map { "\(folder)/\($0)" }
}

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

var source = """
  enum EmbeddedFiles {
    static let all: [(path: String, contents: StaticString)] = [

  """
for path in arguments.dropFirst(3).flatMap(files).sorted() {
  let text = try String(contentsOfFile: root + path, encoding: .utf8)
  source += "    (path: \(literal(path)), contents: \(literal(text))),\n"
}
source += "  ]\n}\n"
try source.write(toFile: output, atomically: true, encoding: .utf8)
