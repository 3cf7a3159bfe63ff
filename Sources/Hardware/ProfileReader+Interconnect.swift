internal import Diagnostics
internal import Units

extension ProfileReader {
  func scaleUp(_ node: ConfigNode) -> ScaleUp? {
    let map = node.mapping()
    let domain = integer(map.required("domain"), in: 1...Int.max)
    let topologyNode = map.required("topology")
    let axesNode = map.optional("axes")
    let topology = choice(topologyNode, default: Topology.switched)
    let isAlone = topology == Topology.none
    let bandwidth = figure(
      isAlone ? map.optional("bandwidth") : map.required("bandwidth"), .bytesPerSecond)
    let latency = figure(isAlone ? map.optional("latency") : map.required("latency"), .seconds)
    let collectives = map.optional("collectives").map {
      self.collectives($0, domain: domain, topology: topology, link: bandwidth)
    }
    let exchangeNode = map.optional("expert_exchange")
    let exchange = exchangeNode.map { expertExchange($0, link: bandwidth) }
    let axes = integer(axesNode, in: 1...6)
    map.finish()
    reportAxes(axesNode, topology, of: node)
    if isAlone, let exchangeNode {
      exchangeNode.report(
        "no-links", "`\(exchangeNode.path)` needs links, and `topology` is `none`")
    }
    if let domain, let topology, isAlone != (domain == 1) {
      let needed = isAlone ? "must join a domain of \(domain)" : "must be `none` for a domain of 1"
      topologyNode?.report(
        "topology", "`\(node.path).topology` \(needed): \(topology.rawValue)")
    }
    guard let domain, let topology else { return nil }
    return ScaleUp(
      domain: domain, topology: topology, bandwidth: bandwidth, latency: latency,
      collectives: collectives ?? [], expertExchange: exchange ?? nil, axes: axes)
  }

  private func reportAxes(_ axes: ConfigNode?, _ topology: Topology?, of node: ConfigNode) {
    guard let topology else { return }
    if topology == .torus, axes == nil, node.isMapping {
      node.report(
        "missing-key", "missing key `\(node.path).axes`",
        notes: ["a torus has two links for each axis"], hint: "add for example `axes: 3`")
    }
    if topology != .torus, let axes {
      axes.report("axes", "`\(axes.path)` is of a torus, and `topology` is `\(topology.rawValue)`")
    }
  }

  func scaleOut(_ node: ConfigNode) -> ScaleOut? {
    let map = node.mapping()
    let bandwidth = figure(map.required("bandwidth"), .bytesPerSecond)
    let latency = figure(map.required("latency"), .seconds)
    let exchange = map.optional("expert_exchange").map { expertExchange($0, link: bandwidth) }
    map.finish()
    guard let bandwidth, let latency else { return nil }
    return ScaleOut(bandwidth: bandwidth, latency: latency, expertExchange: exchange ?? nil)
  }

  private func collectives(
    _ node: ConfigNode, domain: Int?, topology: Topology?, link: Figure?
  ) -> [CollectiveCurve] {
    let map = node.mapping()
    let inherited = inheritance(map)
    var curves: [CollectiveCurve] = []
    for kind in CollectiveKind.allCases {
      guard let list = map.optional(kind.rawValue) else {
        curves += inheritedCurves(kind, inherited, domain: domain, at: map.path)
        continue
      }
      var seen: Set<Int> = []
      var ofKind: [CollectiveCurve] = []
      for entry in list.sequence() {
        let limit = LinkLimit(topology: topology, bandwidth: link)
        guard let curve = curve(entry, kind, domain: domain, limit: limit) else { continue }
        if !seen.insert(curve.ranks).inserted {
          entry.report(
            "duplicate-ranks", "`\(list.path)` has two curves for \(curve.ranks) ranks")
        }
        ofKind.append(curve)
      }
      curves += ofKind.sorted { $0.ranks < $1.ranks }
    }
    map.finish()
    return curves
  }

  /// A kind that the file lists itself is not inherited.
  private func inheritedCurves(
    _ kind: CollectiveKind, _ inherited: Inheritance?, domain: Int?, at path: String
  ) -> [CollectiveCurve] {
    guard let inherited, let domain else { return [] }
    let curves = inherited.curves(kind, within: domain)
    for (index, curve) in curves.enumerated() {
      note(curve.provenance, at: "\(path).\(kind.rawValue).\(index)")
    }
    return curves
  }

  private func curve(
    _ node: ConfigNode, _ kind: CollectiveKind, domain: Int?, limit: LinkLimit
  ) -> CollectiveCurve? {
    let map = node.mapping()
    let ranksNode = map.required("ranks")
    let ranks = integer(ranksNode, in: 2...Int.max)
    if let ranks, let domain, ranks > domain {
      ranksNode?.report(
        "too-many-ranks", "`\(map.path).ranks` must be at most the domain's \(domain): \(ranks)")
    }
    let provenance = provenance(map)
    let residual = residual(map)
    let lines = lines(map.required("lines"))
    let measured = map.optional("measured")?.sequence().compactMap(point)
    map.finish()
    guard let ranks, let provenance, let lines else { return nil }
    note(provenance, of: node)
    for (node, line) in lines {
      limit.check(line, of: kind, ranks: ranks, at: node)
    }
    return CollectiveCurve(
      kind: kind, ranks: ranks, lines: lines.map(\.line), measured: measured ?? [],
      residual: residual, provenance: provenance)
  }

  private func lines(
    _ node: ConfigNode?
  ) -> [(node: ConfigNode, line: CollectiveCurve.Line)]? {
    guard let node else { return nil }
    let entries = node.sequence()
    if node.isSequence, entries.isEmpty {
      node.report("no-lines", "`\(node.path)` must list at least one line")
    }
    return entries.compactMap { entry in
      let map = entry.mapping()
      let latency = quantity(map.required("latency"), .seconds, FitLimits.latencies)
      let bandwidth = quantity(map.required("bandwidth"), .bytesPerSecond, FitLimits.rates)
      map.finish()
      guard let latency, let bandwidth else { return nil }
      return (entry, CollectiveCurve.Line(latencySeconds: latency, bytesPerSecond: bandwidth))
    }
  }

  private func point(_ node: ConfigNode) -> CollectiveCurve.Point? {
    let map = node.mapping()
    let size = quantity(map.required("size"), .bytes, .positive)
    let time = quantity(map.required("time"), .seconds, .positive)
    map.finish()
    guard let size, let time else { return nil }
    return CollectiveCurve.Point(bytes: size, seconds: time)
  }
}
