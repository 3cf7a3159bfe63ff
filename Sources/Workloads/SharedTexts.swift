internal import Statistics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

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

  /// A text for a new prompt, or -1 where the class has none.
  func pick(classIndex: Int, _ random: inout RandomStream) -> Int32 {
    guard let prefix = prefixes[classIndex] else { return -1 }
    let cumulative = popularities[classIndex]
    guard !cumulative.isEmpty else { return Int32(random.integer(in: 0...(prefix.variants - 1))) }
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
    tokens(classIndex: Int(request.classIndex), variant: request.variant)
  }

  func tokens(classIndex: Int, variant: Int32) -> Int {
    guard variant >= 0, let lengths = prefixes[classIndex]?.tokens else { return 0 }
    if case .fixed(let length) = lengths { return length }
    var random = RandomStream(
      seed: seed, name: "shared texts", key: (classIndex, Int(variant)))
    return lengths.sample(&random)
  }

  private static func cumulative(_ prefix: SharedPrefix) -> [Double] {
    guard prefix.popularity > 0 else { return [] }
    // Summed from the rarest on, so that small terms are not lost beside large ones.
    var total = 0.0
    for rank in stride(from: prefix.variants, through: 1, by: -1) {
      total += pow(Double(rank), -prefix.popularity)
    }
    var sum = 0.0
    return (1...prefix.variants).map { rank in
      sum += pow(Double(rank), -prefix.popularity) / total
      return sum
    }
  }
}
