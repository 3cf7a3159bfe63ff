internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import OperatorCosts
internal import Projecting
internal import Projections
internal import Reports
internal import Requirements

struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project",
    abstract: "Compare serving a model over its life with training it.",
    discussion: """
      What training took and what serving takes, in FLOPs, GPU-hours, dollars
      and joules; serving is what simulated runs find for the tokens. Further
      questions of a projection: what a ratio would take, which model to train
      for a demand, whether there is enough text, what ways of answering cost.

      Examples:
        windtunnel project deepseek-v3
        windtunnel project claim-06-118x --format json
        windtunnel project deepseek-v3 --set demand.growth=3 --set life.years=2

      Keys are described in scenarios/projections/README.md.
      """)

  @Argument(
    help: "A projection file, or a name that `windtunnel list projections` shows.",
    completion: NameCompletion.projections)
  var projection: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Any key of the projection: `demand.growth=3`. May be given several times.",
      valueName: "path=value"))
  var settings: [String] = []

  @OptionGroup var result: ResultOptions

  @OptionGroup var gateOptions: GateOptions

  func run() throws { try gateOptions.annotating { try project() } }

  private func project() throws {
    var gate = try gateOptions.gate(of: ProjectReport.self, names: ProjectFigures.names)
    let destination = try result.destination()
    let overrides = try settings.map { try ConfigOverride(argument: $0) }
    let found = try ProjectionCatalogue.load(nameOrPath: projection, overrides: overrides)
    try gate.checkFiles(apartFrom: [found.file], output: result.place.output)
    try gate.check(subject: found.name, requirements: [])
    let runner = ServingRun(
      activeParameters: found.training?.work.activeParameters, model: found.training?.model)
    let workloads = try found.serving.map { try runner.workload($0) }
    let machines = try found.machines.map { machine in
      (name: machine, run: try runner.workload(found.serving[0], on: machine))
    }
    let outcome = ProjectOutcome.find(found, workloads: workloads, machines: machines)
    try BrokenLaws.check(
      ProjectLaws.broken(outcome.results), reproduction: "windtunnel project \(projection)")
    var report = ProjectReport(outcome)
    let verdict = try gate.judge(&report)
    try destination.put(report)
    try gate.conclude(verdict, of: report, hint: nil)
  }
}
