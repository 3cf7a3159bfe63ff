internal import ArgumentParser
internal import Diagnostics
internal import Planning

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the shards of a sweep together.",
    discussion: """
      Takes the files that `windtunnel sweep --shard` wrote, checks that they
      are of one sweep and that no case is missing, and shows the frontier of
      the whole. The file is the same as if one machine had done all of it.

      Examples:
        windtunnel merge part-*.jsonl --output sweep.jsonl
        windtunnel merge sweep.jsonl --format csv
      """)

  @Argument(help: ArgumentHelp("Files of one sweep.", valueName: "file"))
  var files: [String]

  @OptionGroup var place: OutputOptions

  @OptionGroup var result: SweepResult

  func run() throws {
    let destination = place.output == nil ? nil : try place.destination()
    try place.checkOutput(apartFrom: files)
    let merged = try SweepMerge(
      files.map {
        try SweepJournal(try TextFile.readBytes($0, limit: TextFile.longestJournal), file: $0)
      })
    if let destination {
      try destination.put(
        try SweepJournal.line(merged.header) + merged.lines.map(\.text).joined())
    }
    try result.put(merged.header, merged.lines, command: "merge")
  }
}
