import Testing

/// Layouts that cannot work, each with its message word for word.
@Suite struct LayoutRefusalTests {
  static let cases: [RefusedScenario] = [
    RefusedScenario(
      testDescription: "tensor group beyond the domain, and no network",
      keys: "parallelism: {tensor: 16}", hardware: "l40s",
      message: """
        error[scenario/layout-domain]: a tensor-parallel group of 16 does not fit the scale-up \
        domain of `l40s`: 8
          --> bad.yaml:5:23  parallelism.tensor
          note: tensor ranks add up their results twice a layer, over the links of one domain
        hint: set `parallelism.tensor` to 8 or less
        """),
    RefusedScenario(
      testDescription: "tensor group that ends within a domain", keys: "parallelism: {tensor: 12}",
      message: """
        error[scenario/layout-domain]: a tensor-parallel group of 12 does not fit the scale-up \
        domain of `h200-sxm`: 8
          --> bad.yaml:5:23  parallelism.tensor
          note: tensor ranks add up their results twice a layer, over the links of one domain
        hint: set `parallelism.tensor` to 8 or less
        """),
    RefusedScenario(
      testDescription: "heads that do not divide", keys: "parallelism: {tensor: 6}",
      message: """
        error[scenario/layout-divisibility]: 6 ranks do not divide the model's attention heads: 32
          --> bad.yaml:5:23  parallelism.tensor
          note: each rank holds a whole number of heads and columns
        hint: set `parallelism.tensor` to 8
        """),
    RefusedScenario(
      testDescription: "no network between domains",
      keys: "parallelism: {tensor: 2, pipeline: 8}", hardware: "l40s",
      message: """
        error[scenario/layout-network]: a replica of 16 spans several scale-up domains of `l40s`, \
        which has no network between them: 8
          --> bad.yaml:5:36  parallelism.pipeline
          note: 16 = tensor 2 x attention_data 1 x pipeline 8
        hint: set `parallelism.pipeline` to 4 or less
        """),
    RefusedScenario(
      testDescription: "more stages than layers", keys: "parallelism: {pipeline: 40}",
      message: """
        error[scenario/layout-pipeline]: a pipeline of 40 stages has more of them than the model \
        has layers: 32
          --> bad.yaml:5:25  parallelism.pipeline
        hint: set `parallelism.pipeline` to 32 or less
        """),
    RefusedScenario(
      testDescription: "experts of a dense model", keys: "parallelism: {tensor: 8, expert: 8}",
      message: """
        error[scenario/layout-experts]: `expert` spreads experts over ranks, and the model has \
        none: `meta-llama/Llama-3.1-8B`
          --> bad.yaml:5:34  parallelism.expert
        hint: leave `parallelism.expert` out
        """),
    RefusedScenario(
      testDescription: "expert ranks that do not divide the stage",
      keys: "parallelism: {attention_data: 8, expert: 3}", model: "deepseek-ai/DeepSeek-R1",
      message: """
        error[scenario/layout-experts]: 3 expert ranks do not divide the ranks of a stage: 8
          --> bad.yaml:5:42  parallelism.expert
          note: 8 = tensor 1 x attention_data 8
        hint: set `parallelism.expert` to 4
        """),
    RefusedScenario(
      testDescription: "uneven experts",
      keys: "parallelism: {attention_data: 48, expert: 48}", model: "deepseek-ai/DeepSeek-R1",
      hardware: "gb200-nvl72",
      message: """
        error[scenario/layout-experts]: 256 experts do not spread evenly over the expert ranks: 48
          --> bad.yaml:5:43  parallelism.expert
          note: 256 / 48 leaves 16
        hint: set `parallelism.redundant_experts` to 32
        """),
    RefusedScenario(
      testDescription: "more expert ranks than experts",
      keys: "parallelism: {attention_data: 16, expert: 16}", model: "mistralai/Mixtral-8x7B-v0.1",
      hardware: "gb200-nvl72",
      message: """
        error[scenario/layout-experts]: 16 expert ranks are more than the model has experts: 8
          --> bad.yaml:5:43  parallelism.expert
          note: each rank holds at least one expert
        hint: set `parallelism.expert` to 8
        """),
    RefusedScenario(
      testDescription: "copies without whole experts",
      keys: "parallelism: {tensor: 8, redundant_experts: 8}", model: "deepseek-ai/DeepSeek-R1",
      message: """
        error[scenario/layout-experts]: copies of experts need ranks with whole experts, and \
        `expert` is 1
          --> bad.yaml:5:45  parallelism.redundant_experts
        hint: set `parallelism.expert` to 8
        """),
    RefusedScenario(
      testDescription: "context ranks without copies",
      keys: "parallelism: {tensor: 8, context: 2}",
      message: """
        error[scenario/layout-context]: 2 context ranks do not divide the copies that 8 tensor \
        ranks hold of each key and value: 1
          --> bad.yaml:5:35  parallelism.context
          note: copies = 8 tensor ranks / 8 key-value heads
        hint: leave `parallelism.context` out
        """),
    RefusedScenario(
      testDescription: "chips on a GPU", keys: "parallelism: {chips: 8}",
      message: """
        error[scenario/layout-kind]: `chips` divides a model over a dataflow machine, and \
        `h200-sxm` is a GPU
          --> bad.yaml:5:22  parallelism.chips
        hint: set `parallelism.tensor` instead
        """),
    RefusedScenario(
      testDescription: "ranks on a dataflow machine", keys: "parallelism: {chips: 700, tensor: 8}",
      hardware: "groq-lpu",
      message: """
        error[scenario/layout-kind]: `tensor` divides a replica of GPUs, and `groq-lpu` is a \
        dataflow machine
          --> bad.yaml:5:35  parallelism.tensor
        hint: set `parallelism.chips` instead
        """),
    RefusedScenario(
      testDescription: "overlap of what does not travel",
      keys: "scheduler: {overlap_batches: true}",
      message: """
        error[scenario/overlap]: two batches overlap where tokens travel to their experts, and \
        none do
          --> bad.yaml:5:30  scheduler.overlap_batches
          note: tokens travel when whole experts are spread: `expert` is 1
        hint: set `parallelism.expert`, or leave `scheduler.overlap_batches` out
        """),
  ]

  @Test(arguments: cases)
  func layoutIsRefused(bad: RefusedScenario) throws { try bad.expectRefusal() }

  @Test(arguments: [
    ("{tensor: 8, attention_data: 2, expert: 16}", "deepseek-ai/DeepSeek-R1", "h200-sxm"),
    ("{tensor: 8, context: 4}", "deepseek-ai/DeepSeek-R1", "gb200-nvl72"),
    (
      "{attention_data: 48, expert: 48, redundant_experts: 32}", "deepseek-ai/DeepSeek-R1",
      "gb200-nvl72"
    ),
    ("{tensor: 8, pipeline: 2}", "meta-llama/Llama-3.1-405B", "h200-sxm"),
    ("{tensor: 16}", "meta-llama/Llama-3.1-405B", "h200-sxm"),
    ("{tensor: 16, context: 2}", "meta-llama/Llama-3.1-70B", "gb200-nvl72"),
  ])
  func layoutIsAccepted(layout: String, model: String, hardware: String) throws {
    #expect(
      try SampleScenario.refusals("parallelism: \(layout)", model: model, hardware: hardware) == [])
  }

  @Test func problemsOfBothPoolsAreReportedTogether() throws {
    let refusals = try SampleScenario.refusals(
      """
      pools:
        prefill: {parallelism: {tensor: 3, expert: 2}}
        decode: {hardware: l40s, parallelism: {tensor: 16}}
      """)
    #expect(refusals.count == 3)
    #expect(
      refusals.last == """
        error[scenario/layout-domain]: a tensor-parallel group of 16 does not fit the scale-up \
        domain of `l40s`: 8
          --> bad.yaml:7:50  pools.decode.parallelism.tensor
          note: tensor ranks add up their results twice a layer, over the links of one domain
        hint: set `pools.decode.parallelism.tensor` to 8 or less
        """)
  }
}
