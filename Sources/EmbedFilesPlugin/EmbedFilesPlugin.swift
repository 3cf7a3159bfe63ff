import Foundation
import PackagePlugin

/// Puts the shipped profiles, models and scenarios into the binary.
///
/// The files stay where people edit them (`hardware-profiles/`, `scenarios/`, the model catalogue);
/// this runs `EmbedFilesTool` over them at build time, so there is no second copy to keep by hand and
/// `windtunnel` works from any directory.
@main
struct EmbedFilesPlugin: BuildToolPlugin {
  private static let folders = [
    "hardware-profiles", "scenarios", "Sources/BuiltInFiles/ModelCatalogue",
    "Sources/BuiltInFiles/EngineProfiles",
  ]
  private static let extensions: Set = ["yaml", "json", "csv"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let files = Self.folders.flatMap { Self.files(below: root.appending(path: $0)) }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embed \(files.count) built-in files",
        executable: try context.tool(named: "EmbedFilesTool").url,
        arguments: [root.path(), output.path()] + files.map { $0.path() },
        inputFiles: files,
        outputFiles: [output])
    ]
  }

  private static func files(below folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let urls = (found?.compactMap { $0 as? URL } ?? []).filter {
      extensions.contains($0.pathExtension)
    }
    return urls.sorted { $0.path() < $1.path() }
  }
}
