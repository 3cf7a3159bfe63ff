/// The style sheet and the script of every page, as they stand in the files beside.
enum PageAssets {
  /// The letters and colors of the reader's own system, light or dark.
  static let style = text(at: "Sources/Rendering/Assets/page.css")
  /// Says the values of a chart that a pointer, a finger or the arrow keys are at. They are in the
  /// chart's table, so that there is nothing in it but looking.
  static let script = text(at: "Sources/Rendering/Assets/page.js")

  private static func text(at path: String) -> String {
    guard let file = EmbeddedFiles.all.first(where: { $0.path == path }) else {
      preconditionFailure("the build embeds it: \(path)")
    }
    return file.contents.description
  }
}
