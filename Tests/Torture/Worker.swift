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
  /// No case may take longer [s].
  private static let limit: UInt32 = 20

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
      if counts.values.reduce(0, +) % 256 == 0 { bench.note(counts: line) }
    }
    bench.note(counts: line)
  }

  func meet(_ number: UInt64) {
    let item = Case(seed: seed, number: number)
    bench.note(current: "\(number)\n", text: item.text)
    alarm(Self.limit)
    let fault = item.fault(on: bench)
    counts[item.kind, default: 0] += 1
    guard let fault else { return }
    failures += 1
    // What is left out must go on failing in the same way, each time within the limit.
    var small = item
    small.minimise(keeping: fault, on: bench) { alarm(Self.limit) }
    alarm(0)
    print("\ncase \(number) of seed \(seed), \(item.kind): \(fault)")
    print(small.text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
  }

  private var line: String {
    Case.Kind.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }.joined(separator: " ") + "\n"
  }
}

/// The folder of a worker.
struct Bench {
  let folder: String

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Before a case begins, so that it is known when the process does not outlive it.
  func note(current: String, text: String) {
    write(text, "case")
    write(current, "current")
  }

  func note(counts: String) { write(counts, "counts") }

  func write(_ text: String, _ name: String) { write(Array(text.utf8), name) }

  func write(_ bytes: [UInt8], _ name: String) {
    guard let file = fopen(path(name), "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
