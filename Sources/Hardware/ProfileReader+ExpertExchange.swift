internal import Diagnostics
internal import Units

extension ProfileReader {
  /// What dispatch and combine of experts reach over a link. The bandwidth counts bytes that leave
  /// the accelerator, so the link bounds it without a factor for the number of ranks.
  ///
  /// - Parameter link: the bandwidth of that link; nil when it has none or it could not be read.
  func expertExchange(_ node: ConfigNode, link: Figure?) -> ExpertExchange? {
    let map = node.mapping()
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
}
