internal import Units

/// One number of a profile that a price can rest on: a figure, or one coefficient of several that
/// stand under one status and source.
///
///     efficiencies.attention_decode.fp8, memory 0.804      accelerator.memory.0.bandwidth 4.8e12
package struct ProfileNumber: Equatable, Sendable {
  /// Key path of what has the status and the source.
  package var path: String
  /// Which coefficient of it; nil of a figure, which has one.
  package var part: String?
  /// In base units.
  package var value: Double
}

extension HardwareProfile {
  /// Every number of the profile, always in the same order.
  package var numbers: [ProfileNumber] {
    var list: [ProfileNumber] = []
    var copy = self
    copy.visit { name, _, number in
      let (path, part) = name()
      list.append(ProfileNumber(path: path, part: part, value: number))
    }
    return list
  }

  /// This machine with some of its numbers worse by a share of each: rates, sizes and reached
  /// shares smaller, times and costs larger. So nothing gets better by it.
  ///
  /// - Parameter indices: of `numbers`.
  package func worse(by share: Double, at indices: some Collection<Int>) -> HardwareProfile {
    let chosen = Set(indices)
    var index = 0
    var copy = self
    copy.visit { _, isGain, number in
      if chosen.contains(index) { number *= isGain ? 1 - share : 1 + share }
      index += 1
    }
    return copy
  }

  /// The key paths whose numbers make a difference when they are a little worse.
  ///
  /// Found by halving: the numbers of many paths together make one only if those of a part do,
  /// since all become worse and nothing that is asked for gets better by any of them.
  package func paths(making difference: (HardwareProfile) -> Bool) -> [String] {
    let groups = numbersByPath
    func decisive(_ range: Range<Int>) -> [String] {
      let indices = groups[range].flatMap(\.indices)
      guard !indices.isEmpty, difference(worse(by: Self.nudge, at: indices)) else { return [] }
      if range.count == 1 { return [groups[range.lowerBound].path] }
      let middle = (range.lowerBound + range.upperBound) / 2
      return decisive(range.lowerBound..<middle) + decisive(middle..<range.upperBound)
    }
    return decisive(groups.indices)
  }

  /// A share that is small beside any number's own rounding to print, and large beside that of the
  /// sums it goes into.
  package static let nudge = 1e-6

  /// The paths of all numbers, each with the places of its numbers among `numbers`.
  package var numbersByPath: [(path: String, indices: [Int])] {
    var groups: [(path: String, indices: [Int])] = []
    for (index, number) in numbers.enumerated() {
      if groups.last?.path == number.path {
        groups[groups.count - 1].indices.append(index)
      } else {
        groups.append((number.path, [index]))
      }
    }
    return groups
  }

  /// Called with the name of a number, whether more of it is better, and the number.
  private typealias Visitor = (@escaping () -> (String, String?), Bool, inout Double) -> Void

  private mutating func visit(_ visitor: Visitor) {
    for format in Arithmetic.allCases {
      accelerator.peak[format]?.visit("accelerator.peak.\(format.rawValue)", visitor)
    }
    for index in accelerator.memory.indices {
      accelerator.memory[index].capacity.visit("accelerator.memory.\(index).capacity", visitor)
      accelerator.memory[index].reported?.visit("accelerator.memory.\(index).reported", visitor)
      accelerator.memory[index].bandwidth.visit("accelerator.memory.\(index).bandwidth", visitor)
    }
    accelerator.power?.thermalDesignPower?.visit("accelerator.power.tdp", visitor)
    accelerator.power?.idle?.visit("accelerator.power.idle", visitor)
    accelerator.power?.active?.visit("accelerator.power.active", visitor)
    accelerator.power?.compute?.visit("accelerator.power.compute", visitor)
    accelerator.power?.memory?.visit("accelerator.power.memory", visitor)
    for index in efficiencies.entries.indices { efficiencies.entries[index].visit(visitor) }
    visitLinks(visitor)
    hostLinkBandwidth?.visit("host_link.bandwidth", visitor)
    systemPowerPerAccelerator?.visit("system.power_per_accelerator", visitor)
    for index in prices.indices {
      let basis = prices[index].basis
      prices[index].figure.visit("prices.\(basis.rawValue)", visitor)
    }
    lpu?.layerLatency?.visit("lpu.layer_latency", visitor)
    lpu?.hopLatency?.visit("lpu.hop_latency", visitor)
  }

  private mutating func visitLinks(_ visitor: Visitor) {
    scaleUp.bandwidth?.visit("scale_up.bandwidth", visitor)
    scaleUp.latency?.visit("scale_up.latency", visitor)
    scaleUp.expertExchange?.visit("scale_up.expert_exchange", visitor)
    var ranks: [CollectiveKind: Int] = [:]
    for index in scaleUp.collectives.indices {
      let kind = scaleUp.collectives[index].kind
      let place = ranks[kind, default: 0]
      ranks[kind] = place + 1
      for line in scaleUp.collectives[index].lines.indices {
        func named(_ part: String) -> () -> (String, String?) {
          { (Self.path(of: kind, at: place), "lines.\(line).\(part)") }
        }
        visitor(named("latency"), false, &scaleUp.collectives[index].lines[line].latencySeconds)
        visitor(named("bandwidth"), true, &scaleUp.collectives[index].lines[line].bytesPerSecond)
      }
    }
    scaleOut?.bandwidth.visit("scale_out.bandwidth", visitor)
    scaleOut?.latency.visit("scale_out.latency", visitor)
    scaleOut?.expertExchange?.visit("scale_out.expert_exchange", visitor)
  }

  /// The key path of a curve. Profiles list the curves of a kind by rising ranks, as they are kept.
  package func path(of curve: CollectiveCurve) -> String {
    Self.path(of: curve.kind, at: scaleUp.curves(curve.kind).firstIndex(of: curve) ?? 0)
  }

  private static func path(of kind: CollectiveKind, at index: Int) -> String {
    "scale_up.collectives.\(kind.rawValue).\(index)"
  }
}

private typealias Visitor = (@escaping () -> (String, String?), Bool, inout Double) -> Void

extension Figure {
  fileprivate mutating func visit(_ path: @autoclosure @escaping () -> String, _ visitor: Visitor) {
    let isGain = ![.seconds, .watts, .dollarsPerHour].contains(dimension)
    visitor({ (path(), nil) }, isGain, &value)
  }
}

extension ExpertExchange {
  fileprivate mutating func visit(_ path: String, _ visitor: Visitor) {
    latency.visit("\(path).latency", visitor)
    bandwidth.visit("\(path).bandwidth", visitor)
  }
}

extension Efficiencies.Entry {
  fileprivate mutating func visit(_ visitor: Visitor) {
    let (operation, arithmetic) = (operation.rawValue, arithmetic.rawValue)
    func named(_ part: String) -> () -> (String, String?) {
      { ("efficiencies.\(operation).\(arithmetic)", part) }
    }
    if efficiency.compute != nil { visitor(named("compute"), true, &efficiency.compute!) }
    if efficiency.memory != nil { visitor(named("memory"), true, &efficiency.memory!) }
    visitor(named("floor"), false, &efficiency.floorSeconds)
    visitor(named("depth_latency"), false, &efficiency.depthLatencySeconds)
    visitor(named("serial_traffic"), false, &efficiency.serialTraffic)
  }
}
