internal import ArgumentParser
internal import Diagnostics
internal import Hardware

struct InitHardwareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hardware",
    abstract: "Write a machine's profile from the numbers of its datasheet.",
    discussion: """
      Everything that is wrong or missing is said at once. Shares of the peaks
      that kernels reach are those of the machine that `--like` names.

      Example:
        windtunnel init hardware my-card.yaml --memory '96 GB' --bandwidth '4 TB/s' \\
          --bf16 '148 TFLOP/s' --fp8 '296 TFLOP/s' --tdp '400 W' --domain 8 \\
          --link '450 GB/s' --rental '1.5 USD/h' --like h100-sxm --date 2026-07
      """)

  @OptionGroup var draft: DraftFile

  @Option(help: ArgumentHelp("Memory of an accelerator.", valueName: "bytes"))
  var memory: String?

  @Option(help: ArgumentHelp("Its bandwidth.", valueName: "bytes/s"))
  var bandwidth: String?

  @Option(help: ArgumentHelp("Dense peak in 16 bits.", valueName: "FLOP/s"))
  var bf16: String?

  @Option(help: ArgumentHelp("Dense peak in FP8.", valueName: "FLOP/s"))
  var fp8: String?

  @Option(help: ArgumentHelp("Dense peak in FP4.", valueName: "FLOP/s"))
  var fp4: String?

  @Option(help: ArgumentHelp("Dense peak in INT8.", valueName: "FLOP/s"))
  var int8: String?

  @Option(help: ArgumentHelp("Thermal design power.", valueName: "watts"))
  var tdp: String?

  @Option(
    help: ArgumentHelp("Accelerators that a fast network joins.", valueName: "number"))
  var domain = 1

  @Option(help: ArgumentHelp("That network, per direction and accelerator.", valueName: "bytes/s"))
  var link: String?

  @Option(help: ArgumentHelp("To the host's memory, per direction.", valueName: "bytes/s"))
  var host: String?

  @Option(help: ArgumentHelp("Rent of an accelerator.", valueName: "USD/h"))
  var rental: String?

  @Option(
    help: ArgumentHelp("Machine whose kernels are alike.", valueName: "name"),
    completion: NameCompletion.hardware)
  var like: String?

  @Option(help: ArgumentHelp("Where the numbers come from.", valueName: "text"))
  var source = "its vendor's datasheet"

  @Option(help: ArgumentHelp("When that was: a year, a month or a day.", valueName: "date"))
  var date: String?

  func run() throws {
    let name = draft.stem ?? "my-machine"
    let texts: [(ProfileDraft.Key, String?)] = [
      (.memory, memory), (.bandwidth, bandwidth), (.bf16, bf16), (.fp8, fp8), (.fp4, fp4),
      (.int8, int8), (.tdp, tdp), (.link, link), (.host, host), (.rental, rental),
    ]
    let profile = ProfileDraft(
      name: name, relative: like, source: source, date: date, domain: domain,
      Dictionary(uniqueKeysWithValues: texts.compactMap { key, text in text.map { (key, $0) } }))
    var problems = profile.problems
    if !(1...16_384).contains(domain) {
      problems.append(
        Diagnostic(
          code: "hardware/wrong-figure", "`--domain` must be from 1 to 16384: \(domain)"))
    }
    if let like, let unknown = problem(of: like) { problems += unknown }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    let text = profile.text
    _ = try HardwareProfile.read(text: text, file: draft.file ?? "\(name).yaml")
    try draft.save(text)
  }

  private func problem(of relative: String) -> [Diagnostic]? {
    do {
      _ = try HardwareCatalogue.load(nameOrPath: relative)
      return nil
    } catch let error as InvalidInput {
      return error.diagnostics
    } catch {
      return [
        Diagnostic(
          code: "hardware/unknown", "no machine that comes with the program: \(relative)")
      ]
    }
  }
}
