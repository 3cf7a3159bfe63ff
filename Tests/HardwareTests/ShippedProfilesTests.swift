import BuiltInFiles
import Diagnostics
import Hardware
import Testing

struct ShippedProfilesTests {
  @Test(arguments: BuiltInFiles.paths(below: "hardware-profiles", ending: ".yaml"))
  func everyShippedProfileLoadsUnderItsFileName(_ path: String) throws {
    let stem = path.dropFirst("hardware-profiles/".count).dropLast(".yaml".count)
    do {
      let profile = try HardwareCatalogue.load(nameOrPath: String(stem))
      #expect(profile.name == stem)
      #expect(!profile.figures.isEmpty)
    } catch let error as InvalidInput {
      Issue.record("\(error.diagnostics.map(\.text).joined(separator: "\n"))")
    }
  }

  /// A fitted curve that misses its own points by more than half is a slip of the pen.
  @Test(arguments: HardwareCatalogue.names)
  func everyCurveMeetsItsMeasuredPoints(_ name: String) throws {
    for curve in try HardwareCatalogue.load(nameOrPath: name).scaleUp.collectives {
      for point in curve.measured {
        let ratio = curve.time(bytes: point.bytes) / point.seconds
        #expect(0.5...1.5 ~= ratio, "\(curve.kind) of \(curve.ranks) at \(point.bytes) bytes")
      }
    }
  }

  @Test(arguments: ExchangePoint.measured)
  func everyExpertExchangeMeetsItsMeasuredPoints(_ point: ExchangePoint) throws {
    let profile = try HardwareCatalogue.load(nameOrPath: point.name)
    let exchange = try #require(
      point.isAcross ? profile.scaleOut?.expertExchange : profile.scaleUp.expertExchange)
    let seconds = exchange.latency.value + point.bytes / exchange.bandwidth.value
    let ratio = seconds * 1e6 / point.microseconds
    #expect(0.85...1.15 ~= ratio, "\(seconds * 1e6) us instead of \(point.microseconds)")
  }

  /// What nobody measured is taken over from a machine that somebody did, and never improved on.
  @Test(arguments: HardwareCatalogue.names)
  func noMachineIsBetterThanTheOneItInheritsFrom(_ name: String) throws {
    let profile = try HardwareCatalogue.load(nameOrPath: name)
    let heirs = profile.provenances.filter { $0.provenance.citation.hasPrefix("profile `") }
    for (path, provenance) in heirs {
      #expect(provenance.status >= .estimated, "\(path)")
      #expect(provenance.note?.hasPrefix("as `") == true, "\(path)")
    }
    guard let first = heirs.first?.provenance.source.split(separator: "/").first else { return }
    let relative = try HardwareCatalogue.load(nameOrPath: String(first))
    for operation in OperatorClass.allCases {
      for arithmetic in operation.arithmetics {
        guard let own = profile.efficiency(of: operation, arithmetic),
          let known = relative.efficiency(of: operation, arithmetic)
        else { continue }
        #expect(own.compute ?? 0 <= known.compute ?? 0, "\(operation) \(arithmetic)")
        #expect(own.memory ?? 0 <= known.memory ?? 0, "\(operation) \(arithmetic)")
        #expect(own.floorSeconds >= known.floorSeconds, "\(operation) \(arithmetic)")
        #expect(own.residual == nil || profile.isTimed, "\(operation) \(arithmetic)")
      }
    }
  }

  @Test func everyShippedProfileIsInTheCatalogue() {
    let paths = BuiltInFiles.paths(below: "hardware-profiles", ending: ".yaml")
    #expect(HardwareCatalogue.names == HardwareCatalogue.names.sorted())
    #expect(HardwareCatalogue.names.count == paths.count)
  }
}

/// One dispatch or combine that somebody timed: hidden size 7,168, 8 of 256 experts, 7,392 bytes a
/// token in fp8 with its scales, 14,336 in bf16. The sources are those of the profile's figures.
struct ExchangePoint: Sendable {
  var name: String
  var isAcross = false
  var tokens: Double
  /// How often a token leaves.
  var copies: Double
  var tokenBytes: Double
  var microseconds: Double

  var bytes: Double { tokens * copies * tokenBytes }

  private static func point(
    _ name: String, across: Bool = false, _ tokens: Double, _ copies: Double, _ tokenBytes: Double,
    takes microseconds: Double
  ) -> ExchangePoint {
    ExchangePoint(
      name: name, isAcross: across, tokens: tokens, copies: copies, tokenBytes: tokenBytes,
      microseconds: microseconds)
  }

  static let measured: [ExchangePoint] = [
    // Every token-expert pair on its own, 7/8 of them to another rank or server.
    point("h100-sxm", 128, 7, 7392, takes: 36.7),
    point("h100-sxm", 128, 7, 14336, takes: 67.0),
    point("h100-sxm", across: true, 128, 7, 7392, takes: 166.8),
    point("h100-sxm", across: true, 128, 7, 14336, takes: 304.7),
    point("h800-sxm", 128, 7, 7392, takes: 77),
    point("h800-sxm", 128, 7, 14336, takes: 114),
    point("h800-sxm", across: true, 128, 4, 7392, takes: 118),
    point("h800-sxm", across: true, 128, 7.75, 14336, takes: 360),
    point("b200-sxm", 128, 7, 7392, takes: 33.0),
    // Once to each of 8 ranks out of 32, in fp4; back from 8 out of 64, half the preparation in it.
    point("gb200-nvl72", 1024, 7.75, 4032, takes: 72.7),
    point("gb200-nvl72", 256, 7.875, 14336, takes: 81.1),
    // Once to each of 5.25 ranks out of 8.
    point("mi300x", 128, 4.597, 14336, takes: 47.0),
  ]
}
