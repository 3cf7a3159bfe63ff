extension SGLangFlags {
  /// Options that a scenario does not take.
  static let others: [[EngineFlag]] = [
    speculation, adapters, media, apart, memory, scheduling, layout, kernels, idle,
  ].flatMap { $0 }

  private static let speculation = [
    EngineFlag.unmodelled(
      EngineFlag.guesses, .one,
      """
      uno-lora-path
      speculative-boundary-reduction speculative-draft-model-revision speculative-dflash-block-size
      speculative-draft-load-format speculative-domino-candidate-pool-size
      speculative-dspark-block-size speculative-dspark-sps-table-path
      speculative-dspark-confidence-sts-path speculative-accept-threshold-single
      speculative-accept-threshold-acc speculative-token-map speculative-attention-mode
      speculative-draft-attention-backend speculative-dsa-topk-backend
      speculative-draft-kv-cache-dtype speculative-draft-window-size speculative-draft-sink-size
      speculative-moe-runner-backend speculative-moe-a2a-backend speculative-adaptive-config
      speculative-draft-model-quantization spec-trace-dir speculative-ngram-min-bfs-breadth
      speculative-ngram-max-bfs-breadth speculative-ngram-match-type speculative-ngram-capacity
      speculative-ngram-max-trie-depth speculative-ngram-external-corpus-path
      speculative-ngram-external-sam-budget speculative-ngram-external-corpus-max-tokens
      decoupled-spec-bind-endpoint decoupled-spec-rank decoupled-spec-role
      speculative-ngram-min-match-window-size speculative-ngram-max-match-window-size
      """),
    EngineFlag.unmodelled(EngineFlag.guesses, .many, "decoupled-spec-connect-endpoints"),
    EngineFlag.unmodelled(
      EngineFlag.guesses, .none,
      """
      speculative-dspark-align-verify-tokens-to-graph-tier speculative-use-rejection-sampling
      speculative-use-block-verification speculative-enable-w4a4-mxfp4-megamoe
      enable-multi-layer-eagle speculative-adaptive
      """),
  ]

  private static let adapters = [
    EngineFlag.unmodelled(
      EngineFlag.adapters, .none,
      """
      enable-lora-overlap-loading experts-shared-outer-loras lora-use-virtual-experts
      lora-strict-loading
      """),
    EngineFlag.unmodelled(EngineFlag.adapters, .many, "lora-target-modules"),
    EngineFlag.unmodelled(
      EngineFlag.adapters, .one,
      """
      max-loaded-loras lora-eviction-policy lora-backend max-lora-chunk-size
      lora-drain-wait-threshold
      """),
  ]

  private static let media = [
    EngineFlag.unmodelled(
      EngineFlag.media, .none,
      """
      enable-multimodal enable-broadcast-mm-inputs-process enable-prefix-mm-cache encoder-only
      mm-enable-dp-encoder trust-mm-content-hashes enable-mm-global-cache
      disable-fast-image-processor enable-adaptive-dispatch-to-encoder
      """),
    EngineFlag.unmodelled(
      EngineFlag.media, .one,
      """
      mm-attention-backend mm-process-config mm-processor-worker-num mm-io-worker-num
      media-url-max-file-size-mb mm-preprocess-cache-size-mb limit-mm-data-per-request
      image-processor-backend mm-global-cache-backend mm-feature-transport
      encoder-transfer-backend encoder-bootstrap-port asr-max-buffer-seconds
      asr-max-concurrent-sessions
      """),
    EngineFlag.unmodelled(
      EngineFlag.media, .many, "allowed-media-domains encoder-urls encoder-register-urls"),
  ]

  private static let apart = [
    EngineFlag.unmodelled(
      EngineFlag.apart, .one,
      """
      disaggregation-mode disaggregation-transfer-backend disaggregation-ib-device
      disaggregation-bootstrap-port disaggregation-decode-allocation-policy
      disaggregation-decode-retraction-backup num-reserved-decode-tokens
      disaggregation-decode-extra-slots disaggregation-decode-polling-interval
      optimistic-prefill-attempts pdmux-config-path sm-group-num disaggregation-decode-tp
      disaggregation-decode-host-receive-threshold disaggregation-prefill-pp
      """),
    EngineFlag.unmodelled(
      EngineFlag.apart, .none,
      """
      disaggregation-enable-kv-checksum disaggregation-decode-enable-radix-cache
      disaggregation-decode-enable-offload-kvcache enable-pd-role-switch enable-pdmux
      """),
  ]

  private static let memory = [
    [.bare("enable-hierarchical-cache", "enable-hicache", is: .hostCache(EngineFlag.hostCache))],
    EngineFlag.unmodelled(
      EngineFlag.hostCache, .none, "enable-lmcache enable-flexkv enable-hisparse"),
    EngineFlag.unmodelled(
      EngineFlag.offloading, .one,
      """
      hicache-ratio hicache-host-memory-mode hicache-host-memory-fraction hicache-write-policy
      hicache-io-backend hicache-mem-layout hicache-storage-backend
      hicache-storage-prefetch-policy hicache-storage-backend-extra-config
      hicache-storage-prefetch-retry-poll-interval hicache-storage-prefetch-retry-max-attempts
      unified-cache-external-linker-backend unified-cache-external-linker-config
      hisparse-config lmcache-config-file flexkv-config-file radix-cache-backend
      hierarchical-sparse-attention-extra-config
      """),
    EngineFlag.unmodelled(
      EngineFlag.offloading, .none, "enable-unified-cache-external-linker enable-linker-mla-dedup"),
    EngineFlag.unmodelled(
      EngineFlag.copies, .one,
      """
      cpu-offload-gb offload-group-size offload-num-in-group offload-prefetch-step offload-mode
      ple-offload-backend ple-offload-dir paged-experts-num-resident kt-weight-path kt-method
      kt-cpuinfer kt-threadpool-count kt-num-gpu-experts kt-max-deferred-experts-per-token
      """),
    EngineFlag.unmodelled(EngineFlag.copies, .none, "ple-offload-embedding enable-paged-experts"),
    EngineFlag.unmodelled(
      EngineFlag.formats, .one,
      """
      quantization-param-path qsa-indexer-dtype modelopt-quant prefill-kv-cache-dequant-dtype
      rl-quant-profile
      """),
    EngineFlag.unmodelled(EngineFlag.formats, .none, "quantize-and-serve enable-fp32-lm-head"),
    EngineFlag.unmodelled(
      EngineFlag.asConfigured, .one, "json-model-override-args swa-full-tokens-ratio"),
    EngineFlag.unmodelled(
      EngineFlag.asConfigured, .none,
      "is-embedding disable-hybrid-swa-memory prefill-only-disable-kv-cache"),
    EngineFlag.unmodelled(
      EngineFlag.states, .one,
      """
      mamba-ssm-dtype mamba-max-states-per-path mamba-cache-philox-rounds mamba-track-interval
      mamba-radix-cache-strategy int8-mamba-ckpt-size max-mamba-cache-size
      mamba-full-memory-ratio linear-replayssm-cache-len swa-prefix-tails
      """),
    EngineFlag.unmodelled(
      EngineFlag.states, .none,
      """
      enable-mamba-cache-stochastic-rounding uses-mamba-radix-cache enable-int8-mamba-checkpoint
      enable-linear-replayssm enable-linear-replayssm-spec enable-encoder-swa-bounded-replay
      enable-decoder-swa-bounded-replay
      """),
  ]

  private static let scheduling = [
    EngineFlag.unmodelled(
      "the scheduler is as its profile says", .one,
      """
      schedule-policy schedule-conservativeness max-prefill-tokens num-continuous-decode-steps
      prefill-decode-interval prefill-decode-interval-min-bs prefill-max-requests retraction-policy
      scheduler-recv-interval prefill-delayer-max-delay-passes prefill-delayer-max-delay-ms
      prefill-delayer-token-usage-low-watermark prefill-delayer-queue-min-ratio
      min-free-slots-delay pp-max-micro-batch-size pp-async-batch-depth radix-eviction-policy
      radix-eviction-policy-config c128-page-size
      """),
    EngineFlag.unmodelled(
      "the scheduler is as its profile says", .none,
      """
      enable-dynamic-chunking enable-prefill-delayer disable-chunked-prefix-cache
      enable-page-major-kv-layout enable-unified-memory enable-session-radix-cache
      """),
    [
      .bare("enable-priority-scheduling", is: .puts("scheduler.order", "priority")),
      .bare("disable-priority-preemption", is: .puts("scheduler.preempts_running", "false")),
      .one(
        "priority-scheduling-preemption-threshold", is: .sets("scheduler.preemption_margin")),
    ],
    EngineFlag.unmodelled(EngineFlag.lowest, .one, "default-priority-value"),
    EngineFlag.unmodelled(
      EngineFlag.lowest, .none,
      "abort-on-priority-when-disabled schedule-low-priority-values-first"),
    EngineFlag.unmodelled(EngineFlag.queue, .one, "max-queued-requests"),
  ]

  private static let layout = [
    EngineFlag.unmodelled(
      EngineFlag.split, .one,
      """
      attn-cp-size attention-context-parallel-size moe-dp-size moe-data-parallel-size dwdp-size
      cp-strategy dcp-comm-backend max-ep-size elastic-ep-initial-size
      """),
    EngineFlag.unmodelled(
      EngineFlag.division, .one, "moe-dense-tp-size shared-experts-tp-size"),
    EngineFlag.unmodelled(
      EngineFlag.split, .none,
      "enable-prefill-cp enable-cp-tp-group-sharing enable-cp-decode-attn-tp"),
    EngineFlag.unmodelled(
      EngineFlag.balancing, .none, "enable-eplb enable-elastic-expert-backup enable-waterfill"),
    EngineFlag.unmodelled(
      EngineFlag.balancing, .one,
      """
      ep-dispatch-algorithm init-expert-location eplb-algorithm eplb-rebalance-num-iterations
      eplb-rebalance-layers-per-chunk eplb-min-rebalancing-utilization-threshold
      expert-distribution-recorder-mode expert-distribution-recorder-buffer-size
      expert-balancedness-report-mode elastic-ep-backend
      """),
    EngineFlag.unmodelled(
      EngineFlag.captures, .one,
      """
      piecewise-cuda-graph-max-tokens cuda-graph-config cuda-graph-backend-decode
      cuda-graph-backend-prefill cuda-graph-max-bs-prefill cuda-graph-max-seq-len-prefill
      cuda-graph-prefill-max-context torch-compile-max-bs
      """),
    EngineFlag.unmodelled(EngineFlag.captures, .many, "cuda-graph-bs-prefill"),
    EngineFlag.unmodelled(
      EngineFlag.captures, .none,
      """
      enable-torch-compile disable-cuda-graph-padding disable-prefill-cuda-graph
      disable-decode-cuda-graph disable-piecewise-cuda-graph enable-piecewise-cuda-graph
      """),
  ]
}
