import Foundation
import PackagePlugin

/// Puts files into the binary: the shipped profiles, models and scenarios, and the looks of pages.
///
/// They stay where people edit them (`hardware-profiles/`, `scenarios/`, the model catalogue); this
/// runs `EmbedFilesTool` over them at build time, so there is no second copy to keep by hand and
/// `windtunnel` works from any directory.
@main
struct EmbedFilesPlugin: BuildToolPlugin {
  /// By the room that they are for.
  private static let folders = [
    "BuiltInFiles": [
      "hardware-profiles", "scenarios", "Sources/BuiltInFiles/ModelCatalogue",
      "Sources/BuiltInFiles/EngineProfiles", "Sources/BuiltInFiles/ModelFamilies",
      "measurements/serving",
    ],
    "Rendering": ["Sources/Rendering/Assets"],
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let folders = Self.folders[target.name] ?? []
    let contents = folders.flatMap { Self.contents(of: root.appending(path: $0)) }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embed the built-in files",
        executable: try context.tool(named: "EmbedFilesTool").url,
        arguments: [root.path(), output.path()] + folders,
        // Folders too: a new file changes its folder, and the tool looks for files itself.
        inputFiles: contents,
        outputFiles: [output])
    ]
  }

  private static func contents(of folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return [folder] + (found?.compactMap { $0 as? URL } ?? [])
  }
}
