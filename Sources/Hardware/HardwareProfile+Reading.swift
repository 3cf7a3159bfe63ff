package import Diagnostics
internal import Units

extension HardwareProfile {
  package static let schema = "windtunnel/hardware/1"

  /// Reads and checks a profile.
  ///
  /// - Throws: `InvalidInput` with every problem of the file, in file order.
  package static func read(
    text: String, file: String, overrides: [ConfigOverride] = []
  ) throws -> HardwareProfile {
    try read(text: text, file: file, overrides: overrides, isRelative: false)
  }

  /// - Parameter isRelative: whether another profile takes something over from it.
  static func read(
    text: String, file: String, overrides: [ConfigOverride] = [], isRelative: Bool
  ) throws -> HardwareProfile {
    let source = ConfigSource(file: file, kind: "hardware")
    let root = try source.parse(text, overrides: overrides)
    let map = root.mapping()
    let schema = map.required("schema")
    if let schema, !isKnown(schema) {
      // Everything else would be misread, so nothing else is reported.
      try source.check()
    }
    let profile = ProfileReader(source, isRelative: isRelative).profile(map, root: root)
    try source.check()
    guard let profile else { preconditionFailure("a part was not read, and no one said why") }
    return profile
  }

  private static func isKnown(_ node: ConfigNode) -> Bool {
    let found = node.string()
    if found == schema { return true }
    let family = schema.prefix { !$0.isNumber }
    let isNewer = found.hasPrefix(family) && Int(found.dropFirst(family.count)) ?? 0 > 1
    node.report(
      "unknown-schema", "`schema` must be `\(schema)`: \(found)",
      hint: isNewer
        ? "the file is for a newer windtunnel; update it" : "write `schema: \(schema)`")
    return false
  }
}

extension ProfileReader {
  func profile(_ map: ConfigMapping, root: ConfigNode) -> HardwareProfile? {
    let name = map.required("name").flatMap(name)
    let title = words(map.required("title"))
    let vendor = words(map.required("vendor"))
    let kind = choice(map.required("kind"), default: HardwareProfile.Kind.gpu)
    let release = map.required("release").flatMap(release)
    let architectures = map.optional("architecture")?.sequence().map { $0.words() } ?? []
    let sources = map.required("sources")
    readCitations(sources)
    let accelerator = map.required("accelerator").flatMap { self.accelerator($0, kind: kind) }
    let efficiencies = efficiencies(
      map.optional("efficiencies"), kind: kind, peak: accelerator?.peak, in: map)
    let scaleUp = map.required("scale_up").flatMap(scaleUp)
    let scaleOut = map.optional("scale_out").map(scaleOut)
    let hostLink = map.optional("host_link").map {
      soleFigure(of: $0, "bandwidth", .bytesPerSecond)
    }
    let systemPower = map.optional("system").map {
      soleFigure(of: $0, "power_per_accelerator", .watts)
    }
    let prices = prices(map.optional("prices"))
    let sales = salesUnits(map.optional("sold_by"))
    let lpu = map.optional("lpu").map { latencies($0, kind: kind) }
    map.finish()
    noteUnusedSources(sources)
    guard let name, let title, let vendor, let kind, let release, let accelerator,
      let efficiencies, let scaleUp, !source.hasProblems
    else { return nil }
    return HardwareProfile(
      name: name, title: title, vendor: vendor, kind: kind, release: release,
      architectures: architectures,
      accelerator: accelerator, efficiencies: efficiencies, scaleUp: scaleUp,
      scaleOut: scaleOut ?? nil, hostLinkBandwidth: hostLink ?? nil,
      systemPowerPerAccelerator: systemPower ?? nil, prices: prices, sales: sales,
      lpu: lpu ?? nil, remarks: remarks,
      record: orderedRecord(root: root))
  }

  /// A name is typed on command lines, where `,` and `/` mean something else.
  private func name(_ node: ConfigNode) -> String? {
    guard let name = words(node) else { return nil }
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789-."
    guard name.allSatisfy({ letters.contains($0) }) else {
      node.report(
        "name", "`name` must be of lower-case letters, digits, `-` and `.`: \(name)",
        hint: "write for example `h200-sxm`")
      return nil
    }
    return name
  }

  private func release(_ node: ConfigNode) -> HardwareProfile.Release? {
    let map = node.mapping()
    let state = choice(map.required("state"), default: HardwareProfile.Release.State.shipping)
    let date = map.required("date").flatMap(date)
    let note = words(map.optional("note"))
    map.finish()
    guard let state, let date else { return nil }
    return HardwareProfile.Release(state: state, date: date, note: note)
  }

  private func soleFigure(
    of node: ConfigNode, _ key: String, _ dimension: Dimension
  ) -> Figure? {
    let map = node.mapping()
    let figure = figure(map.required(key), dimension)
    map.finish()
    return figure
  }

  private func latencies(_ node: ConfigNode, kind: HardwareProfile.Kind?) -> DataflowLatencies {
    if kind == .gpu {
      node.report("not-an-lpu", "`lpu` is for profiles of `kind: lpu` only")
    }
    let map = node.mapping()
    let latencies = DataflowLatencies(
      layerLatency: figure(map.optional("layer_latency"), .seconds),
      hopLatency: figure(map.optional("hop_latency"), .seconds))
    map.finish()
    return latencies
  }
}
