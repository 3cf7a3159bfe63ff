import Diagnostics
import Hardware
import OperatorCosts
import Testing

@testable import Calibration

/// The printed problems of adding a table; none when it is sound.
func problems(in text: String) -> [String] {
  do {
    var calibration = Calibration()
    try calibration.add(CSVTable(text, file: "a.csv"))
    return []
  } catch let error as InvalidInput {
    return error.diagnostics.map(\.text)
  } catch {
    return ["\(error)"]
  }
}

@Suite struct TableTests {
  @Test(arguments: KernelTable.allCases)
  func aTableIsKnownByItsColumns(kind: KernelTable) throws {
    let header = kind.columns.reversed() + ["device"]
    let row = header.map { _ in "1" }
    let table = try CSVTable(
      header.joined(separator: ",") + "\n" + row.joined(separator: ",") + "\n", file: "a.csv")
    #expect(try KernelTable(of: table) == kind)
  }

  @Test func anUnknownHeaderIsAnsweredWithTheKnownOnes() {
    let found = problems(in: "model,gpus,output_tok_s\nx,8,100\n").joined()
    #expect(
      found.hasPrefix(
        """
        error[calibrate/unknown-header]: cannot tell what the file's timings are of
          --> a.csv:1
          note: gemm has system,gemm_dtype,kernel_source,m,n,k,latency_ms
          note: attention_context has system,kernel_source,attn_dtype,
        """))
    for kind in KernelTable.allCases { #expect(found.contains("note: \(kind.rawValue) has ")) }
    #expect(
      found.hasSuffix(
        "hint: give the columns of one of these; others may stand beside them"))
  }

  @Test func aMissingColumnIsNamed() {
    #expect(
      problems(in: "system,gemm_dtype,kernel_source,m,n,latency\nh200_sxm,fp8,x,1,1,1\n") == [
        "error[csv/missing-column]: missing column `k`\n  --> a.csv:1",
        "error[csv/missing-column]: missing column `latency_ms`\n  --> a.csv:1\n"
          + "hint: is it `latency`?",
      ])
  }

  @Test func allProblemsOfATableAreReported() {
    let text = """
      system,gemm_dtype,kernel_source,m,n,k,latency_ms
      h200_sxm,bfloat16,x,16,8192,8192,-0.03
      ,bfloat16,x,16,8192,8192,0.03
      h200_sxm,bf16,x,0,8192,many,0

      """
    #expect(
      problems(in: text) == [
        "error[csv/out-of-range]: `latency_ms` must be above zero and at most 3,600,000: -0.03\n"
          + "  --> a.csv:2:34",
        "error[csv/nameless-system]: `system` is empty\n  --> a.csv:3:1",
        "error[csv/unknown-word]: `gemm_dtype` must be one of `bfloat16`, `fp8`, `fp8_block`, "
          + "`nvfp4`, `int4_wo`: bf16\n  --> a.csv:4:10",
        "error[csv/out-of-range]: `m` must be from 1 to 1000000000: 0\n  --> a.csv:4:17",
        "error[csv/not-a-number]: `k` must be a whole number: many\n  --> a.csv:4:24",
        "error[csv/out-of-range]: `latency_ms` must be above zero and at most 3,600,000: 0\n"
          + "  --> a.csv:4:29",
      ])
  }
}

@Suite struct ExpertTimingTests {
  @Test func pairsAreSpreadEvenly() throws {
    let text = """
      system,moe_dtype,kernel_source,hidden_size,inter_size,topk,num_experts,moe_tp_size,\
      moe_ep_size,distribution,num_tokens,latency_ms
      h200_sxm,fp8,x,7168,2048,8,256,1,32,balanced,64,0.1
      h200_sxm,fp8,x,7168,2048,8,256,1,32,balanced,1,0.1
      """
    var timings = Timings()
    try TimingReader(CSVTable(text + "\n", file: "a.csv")).read(into: &timings)
    let weights = 3.0 * 7_168 * 2_048
    let activations = 2.0 * 7_168 + 3 * 2_048
    #expect(timings.kernels[0].kernel.bytes == 8 * weights + 16 * activations)
    #expect(timings.kernels[1].kernel.bytes == weights + 0.25 * activations)
    #expect(timings.kernels[0].seconds == 0.1e-3)
  }
}

@Suite struct ExchangeTimingTests {
  private func timings(_ text: String) throws -> Timings {
    var timings = Timings()
    try TimingReader(CSVTable(text + "\n", file: "a.csv")).read(into: &timings)
    return timings
  }

  @Test func everyPairOfALowLatencyExchangeCounts() throws {
    let found = try timings(
      """
      system,node_num,hidden_size,num_topk,num_experts,num_token,dispatch_avg_t_us,combine_avg_t_us
      h100_sxm,1,7168,8,256,128,37,67
      h100_sxm,4,7168,8,256,128,167,305
      gb200,1,7168,8,256,128,27,36
      """
    ).exchanges
    let bytes: [Double] = [6_623_232, 12_845_056, 5_677_056, 11_010_048, 5_677_056, 11_010_048]
    #expect(found.map(\.point.bytes) == bytes)
    #expect(found.map(\.isAcrossDomains) == [false, false, true, true, false, false])
  }

  @Test func preparationIsHalfOfEachWay() throws {
    let found = try timings(
      """
      system,op_name,kernel_source,moe_dtype,num_tokens,hidden_size,topk,num_experts,moe_ep_size,\
      latency_ms
      gb200,alltoall_prepare,NVLinkTwoSided,fp8,16,7168,8,256,4,0.010
      gb200,alltoall_dispatch,NVLinkTwoSided,fp8,16,7168,8,256,4,0.012
      gb200,alltoall_combine,NVLinkTwoSided,fp8,16,7168,8,256,4,0.014
      gb200,alltoall_dispatch,NVLinkOneSided,nvfp4,16,7168,8,256,16,0.018
      gb200,alltoall_combine_low_precision,NVLinkTwoSided,nvfp4,16,7168,8,256,4,0.013
      """)
    let microseconds = found.exchanges.map { ($0.point.seconds * 1e6).rounded() }
    #expect(microseconds == [17, 19, 18])
    let bytes: [Double] = [354_816, 688_128, 483_840]
    #expect(found.exchanges.map(\.point.bytes) == bytes)
    #expect(found.collectives.map(\.point.bytes) == [458_752])
    #expect(found.unused.map(\.reason) == ["combine in low precision"])
  }

  @Test func rowsThatRepeatAnotherSystemAreItsAlone() throws {
    let found = try timings(
      """
      system,node_num,hidden_size,num_topk,num_experts,num_token,dispatch_avg_t_us,combine_avg_t_us
      h100_sxm,2,7168,8,256,128,151,300
      h200_sxm,2,7168,8,256,128,151,300
      h200_sxm,1,7168,8,256,128,35,68
      """
    ).withoutCopies()
    #expect(
      found.exchanges.map(\.origin.system) == ["h100_sxm", "h100_sxm", "h200_sxm", "h200_sxm"])
    #expect(found.exchanges.map(\.isAcrossDomains) == [true, true, false, false])
    #expect(Set(found.unused.map(\.reason)) == ["exchanges that repeat those of h100_sxm"])
  }
}
