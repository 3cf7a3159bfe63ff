import Testing

/// What is wrong with pools apart from their layouts, word for word.
@Suite struct PoolRefusalTests {
  static let cases: [RefusedScenario] = [
    RefusedScenario(
      testDescription: "weights too large for expert ranks",
      keys: "parallelism: {attention_data: 4, expert: 4}", model: "deepseek-ai/DeepSeek-R1",
      message: """
        error[scenario/out-of-memory]: the model does not fit: 190 GB needed on each accelerator, \
        138 GB usable, 52.2 GB missing
          --> bad.yaml:2:8  model
          note: needed = weights 183 GB + activations 4.02 GB + engine 3.63 GB
          note: usable = 150 GB x 0.920, NVIDIA H200 SXM, 141 GB HBM3e, 8-GPU HGX server
        hint: set `parallelism.attention_data` to 8 and `parallelism.expert` to 8, or \
        `quantization.weights` to `int4`
        """),
    RefusedScenario(
      testDescription: "too few chips",
      keys: "parallelism: {chips: 100}\nquantization: "
        + "{weights: int8}\nmemory: {reserved: 0 B, usable_fraction: 1}",
      model: "meta-llama/Llama-2-70b-hf", hardware: "groq-lpu",
      message: """
        error[scenario/out-of-memory]: the model does not fit: 70.1 GB needed on all chips, 23.0 \
        GB usable on 100
          --> bad.yaml:5:22  parallelism.chips
          note: needed = weights 69.5 GB + activations 400 MB + cache of 550 tokens 184 MB
          note: usable = 100 x (230 MB x 1.00 - engine 0 B), Groq LPU v1 (GroqChip), 230 MB \
        SRAM, 64 active chips per rack
        hint: set `parallelism.chips` to 305
        """),
    RefusedScenario(
      testDescription: "guesses without the layers for them",
      keys: "speculation: {method: mtp, acceptance: [0.8]}",
      message: """
        error[scenario/speculation]: `mtp` guesses with the model's next-token-prediction layers, \
        and it has none: `meta-llama/Llama-3.1-8B`
          --> bad.yaml:5:14  speculation
        hint: set `speculation.method` to `lookup`, or leave `speculation` out
        """),
    RefusedScenario(
      testDescription: "a step too small for the guesses",
      keys: "speculation: {method: lookup, acceptance: [0.8]}\n"
        + "scheduler: {token_budget: 100, maximum_sequences: 64}",
      message: """
        error[scenario/token-budget]: a step of 100 tokens cannot hold 64 decoding sequences
          --> bad.yaml:6:27  scheduler.token_budget
          note: each has 2 tokens in a step: one, and 1 guessed ahead
        hint: set `scheduler.token_budget` to 128 or more
        """),
    RefusedScenario(
      testDescription: "an outage of nobody",
      keys: "replicas: 2\navailability: {outages: [{replica: 2, at: 5 s, for: 1 min}]}",
      message: """
        error[scenario/outage]: an outage names a replica that is not there: 2
          --> bad.yaml:6:36  availability.outages.0.replica
          note: the pool has 2, counted from 0
        hint: set `replicas` to 3, or name one up to 1
        """),
    RefusedScenario(
      testDescription: "pools without a link",
      keys: "pools:\n  prefill: {hardware: l40s}\n  decode: {hardware: h200-sxm}",
      message: """
        error[scenario/no-link]: no link joins the two pools: `l40s` has no `scale_out`
          --> bad.yaml  transfer
          note: `l40s` and `h200-sxm` share no scale-up domain
        hint: set `transfer.bandwidth` and `transfer.latency`, for example `50 GB/s` and `10 us`
        """),
    RefusedScenario(
      testDescription: "feed-forwards on too few chips",
      keys: "feed_forward: {hardware: groq-3-lpx, chips: 4}",
      message: """
        error[scenario/out-of-memory]: the feed-forwards do not fit: 23 chips needed, 4 there
          --> bad.yaml:5:45  feed_forward.chips
          note: weights 11.3 GB, 500 MB a chip, NVIDIA Groq 3 LPX, 500 MB SRAM per LPU, 256-LPU \
        rack
        hint: set `feed_forward.chips` to 23
        """),
    RefusedScenario(
      testDescription: "feed-forwards on a GPU",
      keys: "feed_forward: {hardware: h100-sxm, chips: 4, bandwidth: 1 TB/s, latency: 1 us}",
      message: """
        error[scenario/machine-kind]: feed-forwards go from GPUs to a dataflow machine, not from \
        `h200-sxm` to `h100-sxm`
          --> bad.yaml:5:26  feed_forward.hardware
        hint: choose a machine of kind lpu: `windtunnel list hardware`
        """),
    RefusedScenario(
      testDescription: "a transfer within one pool", keys: "transfer: {latency: 10 us}",
      message: """
        error[scenario/transfer]: `transfer` is between two pools, and there is one
          --> bad.yaml:5:11  transfer
        hint: describe them under `pools.prefill` and `pools.decode`
        """),
    RefusedScenario(
      testDescription: "skew of expert choice",
      keys: "experts: {routing: expert-choice, skew: 0.5}", model: "mistralai/Mixtral-8x7B-v0.1",
      message: """
        error[scenario/experts]: expert choice gives every expert the same load and has no skew
          --> bad.yaml:5:41  experts.skew
        """),
    RefusedScenario(
      testDescription: "guesses of a pool that prefills",
      keys: "pools:\n  prefill: {speculation: {method: lookup, acceptance: [1]}}\n  decode: {}",
      message: """
        error[scenario/speculation]: a pool that only prefills guesses no tokens
          --> bad.yaml:6:26  pools.prefill.speculation
        hint: set `pools.decode.speculation` instead
        """),
    RefusedScenario(
      testDescription: "one pool of two", keys: "pools:\n  prefill: {}",
      message: """
        error[scenario/missing-key]: missing key `pools.decode`
          --> bad.yaml:6:3  pools
        hint: add for example `decode: {replicas: 1}`
        """),
    RefusedScenario(
      testDescription: "a draft that nobody names",
      keys: "speculation: {method: draft, acceptance: 0.8}",
      message: """
        error[scenario/speculation]: `draft` guesses with another model, and none is named
          --> bad.yaml:5:14  speculation
        hint: set `speculation.model` to its name or `config.json`
        """),
    RefusedScenario(
      testDescription: "a head of a model with experts, without its config",
      keys: "speculation: {method: eagle3, acceptance: 0.8}", model: "Qwen/Qwen3-30B-A3B",
      message: """
        error[scenario/speculation]: what a head of `Qwen/Qwen3-30B-A3B` is like is not known: its \
        last layer is not dense
          --> bad.yaml:5:14  speculation
        hint: set `speculation.model` to the head's `config.json`
        """),
    RefusedScenario(
      testDescription: "a head as wide as another model",
      keys: "speculation: {method: eagle, model: Qwen/Qwen3-32B, acceptance: 0.8}",
      message: """
        error[scenario/speculation]: a head is as wide as its model: 5120, and \
        `meta-llama/Llama-3.1-8B` is 4096 wide
          --> bad.yaml:5:37  speculation.model
        hint: name the head that was made for `meta-llama/Llama-3.1-8B`
        """),
    RefusedScenario(
      testDescription: "a draft whose heads the ranks do not divide",
      keys: "parallelism: {tensor: 8}\n"
        + "speculation: {method: draft, model: Qwen/Qwen2.5-7B, acceptance: 0.8}",
      message: """
        error[scenario/layout-divisibility]: 8 ranks do not divide `Qwen/Qwen2.5-7B`'s attention \
        heads: 28
          --> bad.yaml:6:37  speculation.model
          note: what guesses is cut over as many ranks as the model
        """),
    RefusedScenario(
      testDescription: "branches that nobody cuts",
      keys: "speculation: {method: eagle3, acceptance: [0.8, 0.6], branches: 4}",
      message: """
        error[scenario/speculation]: of 4 branches only so many guesses are verified as somebody \
        says
          --> bad.yaml:5:65  speculation.branches
          note: 2 passes make up to 20
        hint: set `speculation.verified` from 3 to 21
        """),
    RefusedScenario(
      testDescription: "a step that verifies more than a tree has",
      keys: "speculation: {method: eagle3, acceptance: 0.8, branches: 2, verified: 9}",
      message: """
        error[scenario/speculation]: a step verifies from 2 to 3 tokens here: 9
          --> bad.yaml:5:71  speculation.verified
          note: guesses one after the other: 1, branches: 2; and the token before them
        """),
    RefusedScenario(
      testDescription: "shares for other guesses than there are",
      keys: "speculation: {method: lookup, guesses: 3, acceptance: [0.8, 0.6]}",
      message: """
        error[scenario/speculation]: `speculation.acceptance` must have one entry for each guess: \
        2 for 3
          --> bad.yaml:5:55  speculation.acceptance
        hint: leave `guesses` out, or give one share for all of them
        """),
    RefusedScenario(
      testDescription: "no guesses at all", keys: "speculation: {method: lookup, acceptance: []}",
      message: """
        error[scenario/out-of-range]: `speculation.acceptance` must have from 1 to 16 entries, one \
        for each guess: 0
          --> bad.yaml:5:43  speculation.acceptance
        """),
  ]

  @Test(arguments: cases)
  func poolIsRefused(bad: RefusedScenario) throws { try bad.expectRefusal() }
}
