import Testing

struct LayeringTests {
  @Test func roomsListOnlyRoomsAboveThem() throws {
    let layering = Layering(table: PackageTable(try Repository.text("Package.swift")))
    #expect(layering.table.rooms.count >= 14)
    #expect(layering.table.executables.map(\.name).contains("windtunnel"))
    expectNone(layering.tableViolations)
  }

  @Test func sourcesImportOnlyWhatTheirRoomLists() throws {
    let layering = Layering(table: PackageTable(try Repository.text("Package.swift")))
    #expect(Repository.sources.count > 100)
    expectNone(layering.violations(in: Repository.sources))
  }

  private static let manifest = """
    let rooms: [(name: String, imports: [Target.Dependency])] = [
      ("Low", []),
      (
        "High", [
          "Low", .yams,
        ]
      ),
    ]
    let other = ("Elsewhere", ["Low"])
    let package = Package(targets: [
      .executableTarget(name: "tool", dependencies: ["High"]),
      .executableTarget(name: "EmbedFilesTool"),
      .executableTarget(name: "hours", dependencies: ["High", "Low"], path: "Tests/Hours"),
      .plugin(name: "EmbedFilesPlugin"),
    ])
    extension Target.Dependency {
      static var yams: Self { .product(name: "Yams", package: "Yams") }
    }
    """
  private static let good = [
    "Sources/Low/A.swift": "internal import FoundationEssentials",
    "Sources/High/A.swift": "public import struct Low.A\n@preconcurrency package import Yams",
    "Sources/tool/Main.swift": "import High",
    "Sources/EmbedFilesTool/main.swift": "import Foundation",
  ]

  private func violations(adding file: String? = nil, _ text: String = "") -> [Violation] {
    var files = Self.good
    if let file { files["Sources/\(file)"] = text }
    return Layering(table: PackageTable(Self.manifest))
      .violations(in: files.map { SourceFile($0.key, $0.value) })
  }

  @Test func sampleOfAGoodPackageIsAccepted() {
    let table = PackageTable(Self.manifest)
    #expect(table.rooms.map(\.name) == ["Low", "High"])
    #expect(table.rooms[1].imports == ["Low", "Yams"])
    #expect(table.rooms[1].line == 3)
    #expect(table.executables.map(\.name) == ["tool", "EmbedFilesTool"])
    #expect(table.plugins == ["EmbedFilesPlugin"])
    #expect(Layering(table: table).tableViolations.isEmpty)
    #expect(violations().isEmpty)
  }

  @Test(arguments: [
    ("internal import High", "Low imports High, which its row"),
    ("  @_exported import Yams", "Low imports Yams, which its row"),
    ("internal import class High.A", "Low imports High, which its row"),
    ("public import Unheard", "Low imports Unheard, which its row"),
    ("import Foundation", "FoundationEssentials instead of Foundation"),
    ("@testable import Low", "belongs into tests"),
    ("internal import Glibc", "under `#if canImport"),
    ("#if os(Linux)\n  internal import Glibc\n#endif", "under `#if canImport"),
    ("#if canImport(Glibc)\n#endif\nimport Musl", "under `#if canImport"),
  ])
  func importThatIsNotListedIsFound(text: String, message: String) {
    expectOnly(message, in: violations(adding: "Low/B.swift", text))
  }

  @Test func guardedPlatformIsAcceptedAndCommentsAreNoImports() {
    let text = """
      #if canImport(Glibc)
        internal import Glibc
      #else
        internal import Darwin
      #endif
      internal import Dispatch
      // import Foundation
      let text = \"\"\"
      import High
      \"\"\"
      """
    #expect(violations(adding: "Low/B.swift", text).isEmpty)
  }

  @Test func folderThatIsNoRoomIsFound() {
    expectOnly("`Scratch` is no room", in: violations(adding: "Scratch/A.swift"))
    expectOnly("`` is no room", in: violations(adding: "A.swift"))
  }

  @Test func toolOfTheBuildImportsNoRoom() {
    expectOnly(
      "Foundation only", in: violations(adding: "EmbedFilesTool/B.swift", "import Low"))
  }

  @Test func listedImportThatNobodyUsesIsFound() {
    let files = Self.good.filter { $0.key != "Sources/tool/Main.swift" }
    expectOnly(
      "tool lists High and no file",
      in: Layering(table: PackageTable(Self.manifest))
        .violations(in: files.map { SourceFile($0.key, $0.value) }))
  }

  @Test(arguments: [
    ("Low", "High", "which is not above it"),
    ("Low", "Low", "which is not above it"),
    ("Low", "Alamofire", "neither a room nor a known dependency"),
  ])
  func tableWithAnArrowThatDoesNotGoUpIsRefused(room: String, module: String, message: String) {
    let manifest = Self.manifest
      .replacing("(\"\(room)\", [])", with: "(\"\(room)\", [\"\(module)\"])")
    expectOnly(message, in: Layering(table: PackageTable(manifest)).tableViolations)
  }
}
