import Foundation
import Statistics

/// Meets cases until the time is over, and says which of them fail.
final class Worker {
  private let seed: UInt64
  private let bench: Bench
  private var next: UInt64
  private let stride: UInt64
  private(set) var failures = 0
  private var counts: [Case.Kind: Int] = [:]

  /// More are not looked at: they mostly have one cause.
  private static let mostFailures = 10

  init(seed: UInt64, bench: Bench, first: UInt64, stride: UInt64) {
    self.seed = seed
    self.bench = bench
    next = first
    self.stride = stride
  }

  func work(for seconds: Double) {
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end, failures < Self.mostFailures {
      meet(next)
      next += stride
      if counts.values.reduce(0, +) % 256 == 0 { bench.note(kinds: line) }
    }
    bench.note(kinds: line)
  }

  func meet(_ number: UInt64) {
    let item = Case(seed: seed, number: number)
    bench.note(current: "\(number)\n", text: item.text)
    bench.kind = item.kind.rawValue
    Limit.start()
    let fault = item.fault(on: bench)
    counts[item.kind, default: 0] += 1
    guard let fault else { return }
    failures += 1
    // What is left out must go on failing in the same way, each time within the limit.
    var small = item
    small.minimise(keeping: fault, on: bench) { Limit.start() }
    Limit.stop()
    print("\ncase \(number) of seed \(seed), \(item.kind): \(fault)")
    print(small.text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
  }

  private var line: String {
    Case.Kind.allCases.map { "case \($0.rawValue) \(counts[$0] ?? 0)\n" }.joined()
  }
}
