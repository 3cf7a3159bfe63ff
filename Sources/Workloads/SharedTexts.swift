internal import Statistics

/// The texts that prompts begin with: which one a request takes, and how long it is.
struct SharedTexts: Sendable {
  private let seed: UInt64
  private let prefixes: [SharedPrefix?]
  /// By class: what a uniform number picks a text with; empty where all are alike.
  private let popularities: [[Double]]

  init(_ workload: Workload, seed: UInt64) {
    self.seed = seed
    prefixes = workload.classes.map(\.sharedPrefix)
    popularities = prefixes.map { $0.map(Self.cumulative) ?? [] }
  }

  /// The text that a request begins with, or -1 where its class has none.
  ///
  /// It follows from the request, or from the conversation that it is in, so that a request need
  /// not carry it.
  func variant(of request: Request) -> Int32 {
    let classIndex = Int(request.classIndex)
    guard let variants = prefixes[classIndex]?.variants else { return -1 }
    guard variants > 1 else { return 0 }
    let isInSession = request.session >= 0
    var random = RandomStream(
      seed: seed, name: isInSession ? "texts of sessions" : "texts of requests",
      key: (classIndex, Int(isInSession ? request.session : request.index)))
    let cumulative = popularities[classIndex]
    guard !cumulative.isEmpty else { return Int32(random.integer(in: 0...(variants - 1))) }
    let point = random.uniform()
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > point { high = middle } else { low = middle + 1 }
    }
    return Int32(low)
  }

  /// Length of the text that a request begins with.
  func tokens(of request: Request) -> Int {
    guard let lengths = prefixes[Int(request.classIndex)]?.tokens else { return 0 }
    if case .fixed(let length) = lengths { return length }
    return tokens(classIndex: Int(request.classIndex), variant: variant(of: request))
  }

  func tokens(classIndex: Int, variant: Int32) -> Int {
    guard variant >= 0, let lengths = prefixes[classIndex]?.tokens else { return 0 }
    if case .fixed(let length) = lengths { return length }
    var random = RandomStream(
      seed: seed, name: "lengths of texts", key: (classIndex, Int(variant)))
    return lengths.sample(&random)
  }

  private static func cumulative(_ prefix: SharedPrefix) -> [Double] {
    guard prefix.popularity > 0 else { return [] }
    // Summed from the rarest on, so that small terms are not lost beside large ones.
    var total = 0.0
    for rank in stride(from: prefix.variants, through: 1, by: -1) {
      total += power(Double(rank), -prefix.popularity)
    }
    var sum = 0.0
    return (1...prefix.variants).map { rank in
      sum += power(Double(rank), -prefix.popularity) / total
      return sum
    }
  }
}
