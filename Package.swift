// swift-tools-version: 6.2
import PackageDescription

// One row a room, lowest first. Arrows only point upwards in this table; `RepositoryTests` reads the
// sources and fails when an import is not listed here, which SwiftPM itself does not check.
let rooms: [(name: String, imports: [Target.Dependency])] = [
  ("Units", []),
  ("ByteStreams", []),
  ("BuiltInFiles", []),
  ("Diagnostics", ["Units", "ByteStreams", .yams]),
  ("Statistics", []),
  ("ParallelRuns", []),
  ("EventKernel", [.heap]),
  ("Rendering", ["Units", "Statistics"]),
  ("Hardware", ["Units", "Diagnostics", "BuiltInFiles"]),
  ("ModelArchitecture", ["Diagnostics", "BuiltInFiles"]),
  ("Workloads", ["Units", "ByteStreams", "Diagnostics", "Statistics", .heap]),
  ("OperatorCosts", ["Statistics", "Hardware", "ModelArchitecture"]),
  (
    "ServingSimulation",
    [
      "Units", "Statistics", "EventKernel", "Workloads", "OperatorCosts", .containers, .deque,
      .heap,
    ]
  ),
  ("Requirements", ["Units", "Diagnostics"]),
  ("Results", ["Units", "Requirements"]),
  (
    "Runs", ["Units", "Statistics", "Workloads", "OperatorCosts", "ServingSimulation", "Results"]
  ),
  (
    "Scenarios",
    [
      "Units", "ByteStreams", "Diagnostics", "Requirements", "Results", "BuiltInFiles", "Hardware",
      "ModelArchitecture", "Workloads", "OperatorCosts", "ServingSimulation",
    ]
  ),
  ("Economics", ["Units", "Hardware", "OperatorCosts", "ServingSimulation"]),
  (
    "Validation",
    [
      "Units", "Diagnostics", "ParallelRuns", "BuiltInFiles", "Statistics", "Hardware",
      "Workloads", "OperatorCosts", "ServingSimulation", "Scenarios", "Economics",
    ]
  ),
  (
    "Outcomes",
    [
      "Units", "Diagnostics", "Requirements", "Statistics", "Hardware", "Workloads",
      "OperatorCosts", "ServingSimulation", "Results", "Runs", "Scenarios", "Validation",
      "Economics",
    ]
  ),
  (
    "Planning",
    [
      "Units", "Diagnostics", "ParallelRuns", "Requirements", "Results", "Statistics", "Hardware",
      "ModelArchitecture", "Workloads", "OperatorCosts", "ServingSimulation", "Runs", "Scenarios",
      "Validation", "Economics", "Outcomes",
    ]
  ),
  (
    "Projections",
    [
      "Units", "Diagnostics", "BuiltInFiles", "Statistics", "Hardware", "ModelArchitecture",
      "OperatorCosts", "Economics",
    ]
  ),
  (
    "Projecting",
    [
      "Units", "Results", "Hardware", "ModelArchitecture", "Workloads", "OperatorCosts",
      "ServingSimulation", "Scenarios", "Validation", "Economics", "Outcomes", "Projections",
    ]
  ),
  ("Calibration", ["Units", "Diagnostics", "Hardware", "ModelArchitecture", "OperatorCosts"]),
  (
    "Documents",
    [
      "Units", "Diagnostics", "Requirements", "Results", "Statistics", "Hardware",
      "ModelArchitecture", "Workloads", "OperatorCosts", "ServingSimulation", "Runs", "Scenarios",
      "Validation", "Economics", "Outcomes", "Planning", "Projections", "Projecting", "Calibration",
      "Rendering",
    ]
  ),
  (
    "Reports",
    [
      "Units", "Requirements", "Results", "Planning", "Projecting", "Documents", "Rendering",
    ]
  ),
  (
    "Commands",
    [
      "Units", "ByteStreams", "Diagnostics", "ParallelRuns", "Requirements", "Results",
      "BuiltInFiles", "Hardware", "ModelArchitecture", "Workloads", "OperatorCosts",
      "ServingSimulation", "Runs", "Scenarios", "Validation", "Outcomes", "Planning",
      "Projections", "Projecting", "Calibration", "Documents", "Reports", "Rendering",
      .argumentParser,
    ]
  ),
]

// A test target may import its room, what the room imports, and nothing above it.
let testedRooms: [(name: String, imports: [Target.Dependency])] = [
  ("Units", ["Units"]),
  ("Rendering", ["Rendering", "Units", "TestSupport"]),
  ("ByteStreams", ["ByteStreams", "TestSupport"]),
  ("Requirements", ["Requirements", "Units", "Diagnostics"]),
  ("Results", ["Results"]),
  (
    "Planning",
    [
      "Planning", "Requirements", "Results", "Diagnostics", "Hardware", "OperatorCosts",
      "Workloads", "ServingSimulation", "Runs", "Scenarios", "Outcomes", "Units", "TestSupport",
    ]
  ),
  ("Diagnostics", ["Diagnostics", "Units"]),
  ("Hardware", ["Hardware", "Units", "Diagnostics", "BuiltInFiles"]),
  ("Statistics", ["Statistics"]),
  ("ParallelRuns", ["ParallelRuns"]),
  ("EventKernel", ["EventKernel", "Statistics", "TestSupport"]),
  ("Workloads", ["Workloads", "Units", "ByteStreams", "Diagnostics", "Statistics", "TestSupport"]),
  (
    "OperatorCosts",
    ["OperatorCosts", "Hardware", "ModelArchitecture", "Statistics", "TestSupport"]
  ),
  (
    "Scenarios",
    [
      "Scenarios", "Units", "Diagnostics", "Requirements", "Hardware", "ModelArchitecture",
      "OperatorCosts", "ServingSimulation", "TestSupport",
    ]
  ),
  (
    "Validation",
    [
      "Validation", "Units", "Diagnostics", "Statistics", "Hardware", "Workloads",
      "OperatorCosts", "ServingSimulation", "Scenarios",
    ]
  ),
  ("Economics", ["Economics", "Hardware", "OperatorCosts", "Units"]),
  (
    "Outcomes",
    [
      "Outcomes", "Results", "Requirements", "Diagnostics", "Runs", "Scenarios",
      "ServingSimulation",
    ]
  ),
  (
    "Projections",
    [
      "Projections", "Units", "Diagnostics", "Statistics", "Hardware", "ModelArchitecture",
      "OperatorCosts",
    ]
  ),
  (
    "Projecting",
    [
      "Projecting", "Projections", "ModelArchitecture", "Workloads", "OperatorCosts",
      "ServingSimulation", "Statistics",
    ]
  ),
  (
    "Calibration",
    ["Calibration", "Units", "Diagnostics", "Hardware", "ModelArchitecture", "OperatorCosts"]
  ),
  (
    "Documents",
    [
      "Documents", "Results", "Outcomes", "Requirements", "Economics", "Validation", "Scenarios",
      "ServingSimulation", "OperatorCosts", "Diagnostics", "Units", "TestSupport",
    ]
  ),
  (
    "Reports",
    [
      "Reports", "Documents", "Rendering", "Results", "Requirements", "Outcomes", "Validation",
      "Scenarios", "ServingSimulation", "OperatorCosts", "Diagnostics", "Units", "TestSupport",
    ]
  ),
  (
    "Runs",
    [
      "Runs", "Units", "Statistics", "Workloads", "OperatorCosts", "ServingSimulation",
      "TestSupport",
    ]
  ),
  (
    "ServingSimulation",
    [
      "ServingSimulation", "Units", "ByteStreams", "Statistics", "EventKernel", "Workloads",
      "OperatorCosts", "Hardware", "ModelArchitecture", "TestSupport",
    ]
  ),
]

// Long tests run in release mode for the sake of what they call; optimizing their own lines as well
// takes minutes.
let testSettings: [SwiftSetting] = [
  .unsafeFlags(["-Onone"], .when(configuration: .release))
]

let package = Package(
  name: "windtunnel",
  products: [.executable(name: "windtunnel", targets: ["windtunnel"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: rooms.map { room in
    switch room.name {
    case "BuiltInFiles":
      .target(
        name: room.name, dependencies: room.imports,
        exclude: ["ModelCatalogue", "EngineProfiles", "ModelFamilies"],
        plugins: ["EmbedFilesPlugin"])
    case "Rendering":
      .target(
        name: room.name, dependencies: room.imports, exclude: ["Assets"],
        plugins: ["EmbedFilesPlugin"])
    default:
      .target(name: room.name, dependencies: room.imports)
    }
  } + [
    // Equal functions stand once, where the linker can tell that nobody compares their addresses.
    .executableTarget(
      name: "windtunnel", dependencies: ["Commands"],
      linkerSettings: [
        .unsafeFlags(
          ["-Xlinker", "--icf=safe"], .when(platforms: [.linux], configuration: .release))
      ]),
    .executableTarget(name: "EmbedFilesTool"),
    .plugin(
      name: "EmbedFilesPlugin", capability: .buildTool(), dependencies: ["EmbedFilesTool"],
      path: "Sources/EmbedFilesPlugin"),
    .target(
      name: "TestSupport",
      dependencies: [
        "Units", "Statistics", "Hardware", "ModelArchitecture", "OperatorCosts", "Workloads",
        "ServingSimulation",
      ],
      path: "Tests/TestSupport"),
    // What `scripts/torture` runs. It meets the random clusters and the scheduler of the tests too,
    // which links in its folder stand for.
    .executableTarget(
      name: "torture",
      dependencies: [
        "ByteStreams", "BuiltInFiles", "Diagnostics", "Statistics", "Hardware", "ModelArchitecture",
        "Workloads", "OperatorCosts", "ServingSimulation", "Requirements", "Results", "Runs",
        "Scenarios", "Validation", "Outcomes", "Planning", "Projections", "Calibration",
        "Documents", "Reports", "TestSupport", "Units",
      ],
      path: "Tests/Torture"),
    // Runs the built program, so it needs it built.
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "windtunnel", "Commands", "Documents", "Results", "Outcomes", "Planning", "Workloads",
        "Units",
        "Diagnostics", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: testSettings),
    .testTarget(
      name: "ModelArchitectureTests",
      dependencies: ["ModelArchitecture", "Diagnostics", "Units", "BuiltInFiles"],
      swiftSettings: testSettings),
    // Reads the files of the repository and runs the built program, so it needs it built.
    .testTarget(
      name: "RepositoryTests", dependencies: ["windtunnel", "TestSupport"],
      swiftSettings: testSettings),
  ]
    + testedRooms.map { room in
      .testTarget(
        name: room.name + "Tests", dependencies: room.imports, swiftSettings: testSettings)
    }
)

extension Target.Dependency {
  static var argumentParser: Self {
    .product(name: "ArgumentParser", package: "swift-argument-parser")
  }
  static var containers: Self {
    .product(name: "BasicContainers", package: "swift-collections")
  }
  static var deque: Self { .product(name: "DequeModule", package: "swift-collections") }
  static var heap: Self { .product(name: "HeapModule", package: "swift-collections") }
  static var yams: Self { .product(name: "Yams", package: "Yams") }
}

// Rooms that simulate. Unoptimized they are twenty times as slow, and tests run long simulations.
let simulating: Set = [
  "Units", "ByteStreams", "Statistics", "EventKernel", "Workloads", "OperatorCosts",
  "ServingSimulation", "Runs",
]

for target in package.targets where target.type != .plugin {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
  // Each function apart and none kept for other programs, so that the linker leaves out what
  // nobody calls. Whether two accesses to an object overlap is asked in debug builds, whose tests
  // would trip over it; a release build does not ask at each line of a trace.
  target.swiftSettings?.append(
    .unsafeFlags(
      [
        "-Xfrontend", "-function-sections", "-Xfrontend", "-internalize-at-link",
        "-enforce-exclusivity=unchecked",
      ],
      .when(configuration: .release)))
  // Rooms above the simulation wait for each other, each compiled by one thread; here another one
  // helps. Rooms that simulate stay whole, so that their loops are optimized as one.
  target.swiftSettings?.append(
    simulating.contains(target.name)
      ? .unsafeFlags(["-O"], .when(configuration: .debug))
      : .unsafeFlags(["-num-threads", "2"], .when(configuration: .release)))
}
