internal import Diagnostics
internal import Units

extension ProfileReader {
  /// What dispatch and combine of experts reach over a link. The bandwidth counts bytes that leave
  /// the accelerator, so the link bounds it without a factor for the number of ranks.
  ///
  /// - Parameter link: the bandwidth of that link; nil when it has none or it could not be read.
  func expertExchange(_ node: ConfigNode, link: Figure?) -> ExpertExchange? {
    let map = node.mapping()
    if let inherited = inheritance(map) { return exchange(inherited, at: node, map, link) }
    let latency = figure(map.required("latency"), .seconds)
    let bandwidthNode = map.required("bandwidth")
    let bandwidth = figure(bandwidthNode, .bytesPerSecond)
    map.finish()
    guard let latency, let bandwidth, let bandwidthNode else { return nil }
    if let link, bandwidth.value > link.value {
      bandwidthNode.report(
        "faster-than-links",
        "`\(bandwidthNode.path)` must be at most the link's \(link.text): \(bandwidth.text)",
        hint: "give bytes that leave the accelerator over time, in one direction")
    }
    return ExpertExchange(latency: latency, bandwidth: bandwidth)
  }

  private func exchange(
    _ inherited: Inheritance, at node: ConfigNode, _ map: ConfigMapping, _ link: Figure?
  ) -> ExpertExchange? {
    map.finish()
    let isAcross = node.path.hasPrefix("scale_out")
    let (ups, outs) = (inherited.relative.scaleUp, inherited.relative.scaleOut)
    guard let known = isAcross ? outs?.expertExchange : ups.expertExchange else {
      node.report("inherit", "`\(inherited.name)` has no `\(node.path)` to inherit")
      return nil
    }
    let exchange = ExpertExchange(
      latency: inherited.figure(known.latency), bandwidth: inherited.figure(known.bandwidth))
    if let link, exchange.bandwidth.value > link.value {
      node.report(
        "faster-than-links",
        "what `\(inherited.name)` reaches is more than the link's \(link.text): "
          + exchange.bandwidth.text)
    }
    note(exchange.latency, at: "\(node.path).latency")
    note(exchange.bandwidth, at: "\(node.path).bandwidth")
    return exchange
  }
}
