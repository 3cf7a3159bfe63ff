internal import ArgumentParser
internal import Diagnostics
internal import OperatorCosts
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Validation

struct FitEnginesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "fit-engines", abstract: "")
  @Argument var file: String
  @Option var jobs = 2
  @Option var engine: String?
  func run() throws {
    var points = try PointsFile(try CSVTable.read(file)).points
    if let engine { points = points.filter { $0.engine == engine } }
    var count = 0
    let result = try ServingCalibration(points, from: .builtIn, jobs: jobs) { name in
      count += 1
      StandardStreams.writeNote("\(name) \(count)")
    }
    func text(_ p: EngineParameters) -> String {
      func t(_ s: Double) -> String { NumberText.quantity(s, .seconds, digits: 3) }
      var out = "  front_end: per_request \(t(p.frontEnd.secondsPerRequest)) per_prompt_token \(t(p.frontEnd.secondsPerPromptToken)) delay \(t(p.frontEnd.delaySeconds)) one_shot \(p.oneShotShare)\n"
      for k in p.platforms { let g = p.gaps[k]!
        out += "    \(k): gap_per_step \(t(g.secondsPerStep)), gap_per_sequence \(t(g.secondsPerSequence)), gap_per_layer \(t(g.secondsPerLayer))\n" }
      return out
    }
    for e in result.engines {
      try StandardStreams.writeResult("\(e.name) \(e.points)\n" + text(e.parameters))
      for (k, v) in e.withoutHardware.sorted(by: { $0.key < $1.key }) { try StandardStreams.writeResult(" without \(k)\n" + text(v)) }
      for (k, v) in e.withoutModel.sorted(by: { $0.key < $1.key }) { try StandardStreams.writeResult(" without \(k)\n" + text(v)) }
    }
  }
}
