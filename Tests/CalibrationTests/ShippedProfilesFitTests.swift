import Diagnostics
import Foundation
import Hardware
import Testing

@testable import Calibration

/// The profiles that rest on kernel timings hold what the fit of those timings gives, digit for
/// digit. When this fails, run `windtunnel calibrate measurements/kernels/*.csv --source
/// aic-oplevel` and put its figures into the profiles - or find out why the fit moved.
@Suite struct ShippedProfilesFitTests {
  private static let names = ["h100-sxm", "h200-sxm", "b200-sxm", "gb200-nvl72"]

  private static let machines: [MachineFit] = {
    do {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../measurements/kernels").standardizedFileURL
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      var calibration = Calibration()
      for file in files.sorted() where file.hasSuffix(".csv") {
        try calibration.add(CSVTable.read(folder.appendingPathComponent(file).path))
      }
      return try calibration.machines()
    } catch {
      preconditionFailure("the measurements are not valid: \(error)")
    }
  }()

  private func machine(_ name: String) throws -> MachineFit {
    try #require(Self.machines.first { $0.profile.name == name })
  }

  @Test func theMeasurementsAreOfTheseMachines() {
    #expect(Set(Self.machines.map(\.profile.name)) == Set(Self.names))
  }

  private static func isFromTheTables(_ status: Status, _ source: String) -> Bool {
    status == .fitted && source == "aic-oplevel"
  }

  @Test(arguments: names)
  func efficienciesAreThoseOfTheFit(name: String) throws {
    let machine = try machine(name)
    var count = 0
    for operation in OperatorClass.allCases {
      for arithmetic in operation.arithmetics {
        guard let shipped = machine.profile.efficiency(of: operation, arithmetic),
          Self.isFromTheTables(shipped.status, shipped.source)
        else { continue }
        let fit = machine.efficiencies.first {
          $0.operation == operation && $0.arithmetic == arithmetic
        }
        var fitted = try #require(fit, "\(operation) \(arithmetic)").efficiency
        fitted.provenance = shipped.provenance
        expectEqual(fitted, shipped, "\(operation.rawValue).\(arithmetic.rawValue)")
        count += 1
      }
    }
    #expect(count >= 12)
  }

  private func expectEqual(_ fitted: Efficiency, _ shipped: Efficiency, _ path: String) {
    func same(_ left: Double?, _ right: Double?) -> Bool {
      abs((left ?? 0) - (right ?? 0)) <= 1e-9 * max(left ?? 0, right ?? 0)
    }
    #expect(same(fitted.compute, shipped.compute), "\(path).compute")
    #expect(same(fitted.memory, shipped.memory), "\(path).memory")
    #expect(same(fitted.floorSeconds, shipped.floorSeconds), "\(path).floor")
    #expect(
      same(fitted.depthLatencySeconds, shipped.depthLatencySeconds), "\(path).depth_latency")
    #expect(same(fitted.serialTraffic, shipped.serialTraffic), "\(path).serial_traffic")
    #expect(same(fitted.residual, shipped.residual), "\(path).residual")
  }

  @Test(arguments: names)
  func collectivesAreThoseOfTheFit(name: String) throws {
    let machine = try machine(name)
    let shipped = machine.profile.scaleUp.collectives.filter {
      Self.isFromTheTables($0.status, $0.source)
    }
    #expect(shipped.count == machine.collectives.count)
    for curve in shipped {
      let path = "\(curve.kind.rawValue) of \(curve.ranks)"
      let fit = try #require(
        machine.collectives.first { $0.kind == curve.kind && $0.ranks == curve.ranks }, "\(path)")
      #expect(fit.lines.count == curve.lines.count, "\(path)")
      for (fitted, line) in zip(fit.lines, curve.lines) {
        #expect(abs(fitted.latencySeconds - line.latencySeconds) < 1e-12, "\(path)")
        #expect(abs(fitted.bytesPerSecond / line.bytesPerSecond - 1) < 1e-9, "\(path)")
      }
      #expect(fit.residual == curve.residual, "\(path)")
      #expect(fit.measured.map(\.bytes) == curve.measured.map(\.bytes), "\(path)")
      for (fitted, point) in zip(fit.measured, curve.measured) {
        #expect(abs(fitted.seconds - point.seconds) < 1e-12, "\(path)")
      }
    }
  }

  @Test(arguments: names)
  func exchangesAreThoseOfTheFit(name: String) throws {
    let machine = try machine(name)
    let profile = machine.profile
    for (shipped, fit) in [
      (profile.scaleUp.expertExchange, machine.scaleUpExchange),
      (profile.scaleOut?.expertExchange, machine.scaleOutExchange),
    ] {
      guard let shipped, Self.isFromTheTables(shipped.latency.status, shipped.latency.source)
      else { continue }
      let fitted = try #require(fit)
      #expect(abs(fitted.latencySeconds - shipped.latency.value) < 1e-12)
      #expect(abs(fitted.bytesPerSecond / shipped.bandwidth.value - 1) < 1e-9)
      let range = try #require(fitted.bytesPerSecondRange)
      #expect(abs(range.lowerBound / (shipped.bandwidth.low ?? 0) - 1) < 1e-9)
      #expect(abs(range.upperBound / (shipped.bandwidth.high ?? 0) - 1) < 1e-9)
    }
  }

  /// Nothing is above a peak, whatever the rows say.
  @Test(arguments: names)
  func noFitIsFasterThanItsMachine(name: String) throws {
    let machine = try machine(name)
    for fit in machine.efficiencies {
      let fitted = fit.efficiency
      for share in [fitted.compute, fitted.memory].compactMap({ $0 }) {
        #expect(share > 0 && share <= 1)
      }
      #expect(fitted.floorSeconds >= 0 && fitted.depthLatencySeconds >= 0)
      #expect(fitted.serialTraffic >= 0)
    }
    let link = try #require(machine.profile.scaleUp.bandwidth?.value)
    for exchange in [machine.scaleUpExchange].compactMap({ $0 }) {
      #expect(exchange.bytesPerSecond <= link)
    }
  }
}
