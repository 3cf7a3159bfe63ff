import Diagnostics
import FoundationEssentials
import Hardware
import Testing

struct HardwareCatalogueTests {
  private func failure(_ nameOrPath: String) -> String {
    do {
      _ = try HardwareCatalogue.load(nameOrPath: nameOrPath)
      return ""
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text).joined(separator: "\n")
    } catch let error as FileFailure {
      return error.diagnostic.text
    } catch {
      return "\(error)"
    }
  }

  @Test(.enabled(if: HardwareCatalogue.names.contains("h100-sxm")))
  func aMisspeltNameIsSuggested() {
    #expect(
      failure("h10-sxm") == """
        error[hardware/unknown-profile]: unknown hardware profile `h10-sxm`
          note: known profiles: `windtunnel list hardware`
        hint: did you mean `h100-sxm`?
        """)
  }

  @Test(arguments: [
    ("h200", "h200-sxm"), ("H100 SXM", "h100-sxm"), ("NVIDIA B200", "b200-sxm"),
    ("gb200", "gb200-nvl72"), ("rubin", "vera-rubin-nvl72"), ("AMD Instinct MI300X", "mi300x"),
    ("h100", "h100-sxm"), ("NVIDIA H100 PCIe", "h100-pcie"), ("NVIDIA H100 NVL", "h100-nvl"),
    ("NVIDIA H100 80GB HBM3", "h100-sxm"), ("NVIDIA A100-SXM4-80GB", "a100-sxm"),
    ("NVIDIA A100-SXM4-40GB", "a100-sxm-40gb"), ("NVIDIA A100-PCIE-40GB", "a100-pcie"),
    ("Tesla T4", "t4"), ("NVIDIA A10G", "a10g"), ("NVIDIA GH200 480GB", "gh200"),
    ("NVIDIA GeForce RTX 4090", "rtx-4090"), ("4090", "rtx-4090"), ("lp30", "groq-3-lpx"),
    ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "rtx-pro-6000"), ("DGX Spark", "gb10"),
    ("NVIDIA L40", "l40"), ("NVIDIA L40S", "l40s"), ("A40", "a40"), ("VR200", "vera-rubin-nvl72"),
    ("NVIDIA RTX A6000", "rtx-a6000"), ("Tesla V100-SXM2-32GB", "v100-sxm"), ("v5e", "tpu-v5e"),
    ("Google Trillium", "tpu-v6e"), ("Intel Gaudi 3", "gaudi3"), ("AWS Trainium2", "trainium2"),
  ])
  func aNameAsPeopleSayIt(_ said: String, _ name: String) throws {
    #expect(try HardwareCatalogue.load(nameOrPath: said).name == name)
  }

  /// Cards that people ask for in public (vLLM, FlagEmbedding, aiconfigurator, tpu-inference).
  @Test(arguments: [
    "h20", "l4", "a10g", "t4", "h100-pcie", "gh200", "rtx-pro-6000", "rtx-4090", "rtx-5090",
    "tpu-v6e", "gaudi3", "trainium2", "m3-ultra",
  ])
  func aCardThatPeopleAskForIsThere(_ name: String) throws {
    #expect(try !HardwareCatalogue.load(nameOrPath: name).figures.isEmpty)
  }

  @Test func aMachineThatNeverCameSaysWhy() {
    #expect(
      failure("Rubin CPX") == """
        error[hardware/unknown-profile]: unknown hardware profile `Rubin CPX`
          note: known profiles: `windtunnel list hardware`
          note: it was withdrawn from the Rubin generation in March 2026, and its bandwidth was \
        never published
        hint: describe it by its datasheet: `windtunnel init hardware card.yaml --memory '48 GB' \
        --bandwidth '700 GB/s' --bf16 '150 TFLOP/s'`
        """)
  }

  @Test(arguments: ["h2", "l40x", "nvidia", "gb2", "rtx-4"])
  func theBeginningOfAFigureIsAnother(_ said: String) {
    #expect(HardwareCatalogue.candidates(for: said).isEmpty)
  }

  @Test func aNameOfSeveralIsAskedFor() {
    #expect(
      failure("groq") == """
        error[hardware/unknown-profile]: unknown hardware profile `groq`
          note: known profiles: `windtunnel list hardware`
          note: it may be one of `groq-3-lpx`, `groq-lpu`
        hint: name one
        """)
  }

  @Test(arguments: ["no-such-machine-anywhere", "", ".", "Sources"])
  func anUnknownNameSaysWhereTheListIs(_ name: String) {
    #expect(
      failure(name) == """
        error[hardware/unknown-profile]: unknown hardware profile `\(name)`
          note: known profiles: `windtunnel list hardware`
        hint: describe it by its datasheet: `windtunnel init hardware card.yaml --memory '48 GB' \
        --bandwidth '700 GB/s' --bf16 '150 TFLOP/s'`
        """)
  }

  @Test(arguments: ["h10.yaml", "./h10", "machines/h10", "h10.json", "h10.yml"])
  func whatLooksLikeAPathIsAPath(_ path: String) {
    #expect(
      failure(path) == """
        error[file/missing]: no such file: \(path)
        hint: check the path, or run `ls`
        """)
  }

  @Test func aFileIsReadUnderItsPath() throws {
    let path = FileManager.default.temporaryDirectory.path + "/windtunnel-\(UUID().uuidString).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(SampleProfile.text.utf8).write(to: URL(filePath: path))
    #expect(try HardwareCatalogue.load(nameOrPath: path).name == "sample")
    try Data(SampleProfile.text.replacing("kind: gpu", with: "kind: tpu").utf8)
      .write(to: URL(filePath: path))
    #expect(
      failure(path) == """
        error[hardware/unknown-value]: `kind` is not one of the known values: tpu
          --> \(path):5:7  kind
          note: known: gpu, lpu
        hint: did you mean `gpu`?
        """)
  }
}
