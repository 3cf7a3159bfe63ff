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

  @Test func everyShippedProfileIsInTheCatalogue() {
    let paths = BuiltInFiles.paths(below: "hardware-profiles", ending: ".yaml")
    #expect(HardwareCatalogue.names == HardwareCatalogue.names.sorted())
    #expect(HardwareCatalogue.names.count == paths.count)
  }
}
