extension HardwareCatalogue {
  /// The built-in profiles that a name as people say it stands for: `h200`, `NVIDIA H200`, `rubin`,
  /// `NVIDIA A100-SXM4-80GB`. Vendors, case and signs between words do not count, nor does what
  /// drivers add; of a module and its cards a name without either is the module.
  package static func candidates(for name: String) -> [String] {
    let said = words(name).filter { !unsaid.contains($0) }.map { modules[$0] ?? $0 }
    guard !said.isEmpty else { return [] }
    if let alias = aliases[said.joined(separator: "-")] { return [alias] }
    let whole = matches(said)
    // A size of memory distinguishes few machines.
    let sizeless = said.filter { !isSize($0) }
    return whole.isEmpty && !sizeless.isEmpty ? matches(sizeless) : whole
  }

  private static func matches(_ said: [String]) -> [String] {
    let joined = said.joined()
    // Whole words alone: `l40` is no `l40s`, nor `h20` an `h200`.
    let begun = names.filter { name in
      let parts = words(name)
      return (1...parts.count).contains { parts[..<$0].joined() == joined }
    }
    let exact = begun.filter { words($0).joined() == joined || words($0)[0] == joined }
    if let module = exact.first(where: { words($0) == [joined, "sxm"] }) { return [module] }
    if let only = exact.first(where: { words($0).joined() == joined }) { return [only] }
    if !exact.isEmpty { return exact }
    return begun.isEmpty ? names.filter { Set(said).isSubset(of: words($0)) } : begun
  }

  private static let unsaid: Set = [
    "nvidia", "amd", "instinct", "intel", "google", "aws", "apple", "geforce", "tesla", "cloud",
    "blackwell", "hopper", "grace", "server", "workstation", "edition", "hbm2", "hbm2e", "hbm3",
    "hbm3e", "oam",
  ]

  private static let modules = ["sxm2": "sxm", "sxm4": "sxm", "sxm5": "sxm", "sxm6": "sxm"]

  /// Other names of the same machine.
  private static let aliases = [
    "trillium": "tpu-v6e", "v6e": "tpu-v6e", "ironwood": "tpu-v7", "tpu7x": "tpu-v7",
    "trn2": "trainium2", "trn3": "trainium3", "lp30": "groq-3-lpx", "dgx-spark": "gb10",
    "spark": "gb10", "helios": "mi455x", "vr200": "vera-rubin-nvl72", "v5e": "tpu-v5e",
    "vr200-nvl72": "vera-rubin-nvl72", "vr-nvl72": "vera-rubin-nvl72", "v5p": "tpu-v5p",
    "a6000": "rtx-a6000", "v5litepod": "tpu-v5e",
  ]

  /// Why there is no profile of a machine that people ask for.
  static let absent = [
    "rubincpx": "it was withdrawn from the Rubin generation in March 2026, and its bandwidth was "
      + "never published"
  ]

  private static func isSize(_ word: String) -> Bool {
    word.hasSuffix("gb") && word.dropLast(2).allSatisfy(\.isNumber) && word.count > 2
  }

  static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
