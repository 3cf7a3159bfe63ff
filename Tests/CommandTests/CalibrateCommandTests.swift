import Foundation
import TestSupport
import Testing

@Suite struct CalibrateCommandTests {
  private static let header = "system,gemm_dtype,kernel_source,m,n,k,latency_ms,source_table\n"

  /// A machine with floor 3 us and 0.8 of 4.8 TB/s, bound by memory in every row.
  private static func table(system: String = "h200_sxm", fastRow: Bool = false) -> String {
    var text = header
    for (m, latency) in [
      (1, 0.0380), (2, 0.0381), (4, 0.0382), (8, 0.0383), (16, 0.0384), (32, 0.0387),
      (64, 0.0393), (128, 0.0405),
    ] {
      text += "\(system),bfloat16,torch_flow,\(m),8192,8192,\(latency),x/gemm/trtllm/1.0/gemm\n"
    }
    if fastRow {
      text += "\(system),bfloat16,torch_flow,1,8192,8192,0.010,x/gemm/trtllm/1.0/gemm\n"
    }
    return text
  }

  @Test func fitsAreWrittenAsSectionsOfAProfile() throws {
    let tool = try Tool(files: ["gemm.csv": Self.table()])
    let outcome = try tool.run("calibrate", "gemm.csv", "--source", "mine")
    #expect(outcome.status == 0 && outcome.error == "")
    #expect(
      outcome.output.hasPrefix(
        """
        # h200-sxm: sections for its profile, fitted by `windtunnel calibrate`
        efficiencies:
          gemm:
            # 8 rows of gemm.csv, trtllm 1.0
            bf16: {status: fitted, source: mine, residual: 0
        """))
    let again = try tool.run("calibrate", "gemm.csv", "--source", "mine")
    #expect(again.output == outcome.output)
  }

  @Test func jsonSaysTheSame() throws {
    let tool = try Tool(files: ["gemm.csv": Self.table()])
    let outcome = try tool.run(
      "calibrate", "gemm.csv", "--hardware", "h200-sxm", "--format", "json", "-o", "fit.json")
    #expect(outcome == Tool.Outcome(output: "", error: "", status: 0))
    let machines = try PrintedResult(try tool.read("fit.json")).machines
    #expect(machines.list.map(\.hardware.text) == ["h200-sxm"])
    let efficiency = machines[0].efficiencies[0]
    #expect(efficiency.data.frameworks.texts == ["trtllm 1.0"])
    let yaml = try tool.run("calibrate", "gemm.csv").output
    let memory = try #require(efficiency.memory.number)
    #expect(yaml.contains("source: kernel-timings, residual: "))
    #expect(yaml.contains("memory: \(memory), floor: "))
  }

  @Test func aRowFasterThanLightIsNamedOnStandardError() throws {
    let tool = try Tool(files: ["gemm.csv": Self.table(fastRow: true)])
    let outcome = try tool.run("calibrate", "gemm.csv")
    #expect(outcome.status == 0)
    #expect(
      outcome.error == """
        warning[calibrate/faster-than-peak]: the row is left out, faster than the peaks of \
        `h200-sxm` allow: 10.0 us
          --> gemm.csv:10
          note: the least time is 28.0 us

        """)
    #expect(outcome.output.contains("# in no fit: 1 row, faster than the peaks"))
    #expect(outcome.output.contains("# 8 rows of gemm.csv"))
  }

  @Test func allProblemsOfAllFilesAreReported() throws {
    let tool = try Tool(files: [
      "a.csv": Self.header + "h200_sxm,bfloat16,x,1,8192,8192,fast,\n",
      "b.csv": "model,gpus\nx,8\n", "c.csv": "",
    ])
    let outcome = try tool.run("calibrate", "a.csv", "b.csv", "c.csv")
    #expect(outcome.status == 4 && outcome.output == "")
    #expect(
      outcome.error.contains(
        "error[csv/not-a-number]: `latency_ms` must be a number: fast\n  --> a.csv:2:33"))
    #expect(outcome.error.contains("error[calibrate/unknown-header]"))
    #expect(outcome.error.contains("error[csv/empty]: the file is empty\n  --> c.csv"))
    #expect(outcome.error.hasSuffix("error: 3 problems\n"))
  }

  @Test func aSystemWithoutAProfileIsRefused() throws {
    let tool = try Tool(files: ["gemm.csv": Self.table(system: "h22_sxm")])
    #expect(
      try tool.run("calibrate", "gemm.csv")
        == Tool.Outcome(
          output: "",
          error: """
            error[calibrate/unknown-system]: no hardware profile belongs to the system `h22_sxm`
              note: known profiles: `windtunnel list hardware`
            hint: is it `h20-sxm`? write `h20_sxm`

            """, status: 4))
  }

  @Test func aMachineWithoutTimingsIsRefused() throws {
    let tool = try Tool(files: ["gemm.csv": Self.table()])
    #expect(
      try tool.run("calibrate", "gemm.csv", "--hardware", "b200-sxm")
        == Tool.Outcome(
          output: "",
          error: """
            error[calibrate/no-timings]: the files have no timings of `b200-sxm`
              note: systems in the files: h200_sxm
            hint: a row's `system` is the profile's name, as `b200_sxm`

            """, status: 4))
  }

  @Test func aMachineOfOnesOwnIsFittedToItsOwnPeaks() throws {
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../hardware-profiles/h200-sxm.yaml")
    let text = try String(contentsOf: shipped, encoding: .utf8)
      .replacing("name: h200-sxm", with: "name: mine")
    let tool = try Tool(files: ["mine.yaml": text, "gemm.csv": Self.table(system: "mine")])
    let outcome = try tool.run("calibrate", "gemm.csv", "--hardware", "mine.yaml")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("# mine: "))
  }

  @Test func filesAndOptionsAreCheckedAsElsewhere() throws {
    let tool = try Tool(files: ["gemm.csv": Self.table()])
    #expect(try tool.run("calibrate", "missing.csv").status == 1)
    #expect(try tool.run("calibrate").status == 64)
    #expect(try tool.run("calibrate", "gemm.csv", "--source", "a b").status == 64)
    #expect(try tool.run("calibrate", "gemm.csv", "-o", "gemm.csv").status == 64)
    #expect(try tool.read("gemm.csv") == Self.table())
  }
}
