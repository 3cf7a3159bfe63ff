extension VLLMFlags {
  /// Connectors that keep caches outside the accelerators of the same server.
  private static let cacheConnectors = Dictionary(
    uniqueKeysWithValues: [
      "OffloadingConnector", "SimpleCPUOffloadConnector", "LMCacheConnectorV1",
      "LMCacheMPConnector", "LMCacheConnector", "MultiConnector", "FlexKVConnectorV1",
      "MooncakeStoreConnector",
    ].map { ($0, EngineFlag.offloading) })

  /// Options that a scenario does not take.
  static let others: [[EngineFlag]] = [
    EngineFlag.unmodelled(
      EngineFlag.draftRanks, .one, "speculative-config-draft-tensor-parallel-size"),
    EngineFlag.idle(
      .one,
      """
      speculative-config-prompt-lookup-max speculative-config-prompt-lookup-min
      speculative-config-revision speculative-config-code-revision
      """),
    [.bare("enforce-eager", is: .unmodelled(EngineFlag.eager))],
    EngineFlag.unmodelled(
      EngineFlag.captures, .one, "optimization-level performance-mode ubatch-size"),
    EngineFlag.unmodelled(
      EngineFlag.adapters, .one,
      "max-cpu-loras lora-dtype default-mm-loras max-lora-cls-labels lora-extra-vocab-size"),
    EngineFlag.unmodelled(
      EngineFlag.adapters, .none,
      """
      fully-sharded-loras specialize-active-lora enable-tower-connector-lora
      enable-mixed-moe-lora-format enable-moe-shared-loras
      """),
    EngineFlag.unmodelled(EngineFlag.adapters, .many, "lora-target-modules"),
    EngineFlag.unmodelled(
      EngineFlag.media, .one,
      """
      limit-mm-per-prompt mm-processor-kwargs mm-encoder-tp-mode mm-processor-cache-gb
      mm-processor-cache-type allowed-local-media-path media-io-kwargs mm-hasher-algorithm
      mm-shm-cache-max-object-size-mb mm-encoder-attn-backend mm-encoder-attn-dtype
      mm-encoder-fp8-scale-path mm-encoder-fp8-scale-save-path mm-encoder-fp8-scale-save-margin
      video-pruning-rate video-pruning-method mm-tensor-ipc mm-processor-device
      mm-ipc-gpu-memory-gb ec-transfer-config ec-manager-config
      """),
    EngineFlag.unmodelled(
      EngineFlag.media, .none,
      """
      enable-mm-embeds mm-encoder-only interleave-mm-strings mm-device-do-normalize
      disable-chunked-mm-input disable-mm-preprocessor-cache
      """),
    EngineFlag.unmodelled(EngineFlag.media, .many, "allowed-media-domains"),
    EngineFlag.unmodelled(
      EngineFlag.copies, .one,
      """
      cpu-offload-gb swap-space offload-backend offload-group-size offload-num-in-group
      offload-prefetch-step
      """),
    EngineFlag.unmodelled(EngineFlag.copies, .many, "cpu-offload-params offload-params"),
    [
      .one("kv-transfer-config", is: .nested(EngineFlag.apart)),
      .one("kv-transfer-config-kv-role", is: .idle),
      .one(
        "kv-transfer-config-kv-connector",
        is: .named(cacheConnectors, otherwise: EngineFlag.apart)),
      .one("kv-transfer-config-kv-connector-extra-config", is: .nested(EngineFlag.connector)),
    ],
    [.one("attention-config", "ac", is: .nested(EngineFlag.kernels))],
    EngineFlag.unmodelled(EngineFlag.offloading, .one, "kv-offloading-backend engram-config"),
    EngineFlag.unmodelled(
      EngineFlag.asConfigured, .one,
      """
      hf-overrides rope-scaling rope-theta model-class-overrides diffusion-config dc pooler-config
      override-pooler-config convert
      """),
    EngineFlag.unmodelled(
      EngineFlag.asConfigured, .none,
      "disable-sliding-window disable-hybrid-kv-cache-manager kv-sharing-fast-prefill"),
    EngineFlag.unmodelled(EngineFlag.formats, .one, "quantization-config"),
    EngineFlag.unmodelled(EngineFlag.formats, .many, "kv-cache-dtype-skip-layers"),
    EngineFlag.unmodelled(
      EngineFlag.states, .one,
      """
      mamba-cache-dtype mamba-ssm-cache-dtype mamba-block-size mamba-cache-mode
      replayssm-buffer-len mamba-cache-philox-rounds
      """),
    EngineFlag.unmodelled(
      EngineFlag.states, .none,
      """
      enable-mamba-cache-stochastic-rounding enable-mamba-shared-prefix-checkpoint use-replayssm
      swa-bounded-replay
      """),
    EngineFlag.unmodelled(
      "in bytes of one accelerator: `--set memory.tokens=...` takes it in tokens", .one,
      "kv-cache-memory-bytes kv-cache-memory"),
    EngineFlag.unmodelled(
      EngineFlag.order, .one,
      """
      max-num-partial-prefills max-long-partial-prefills scheduler-cls
      long-prefill-token-threshold prefill-schedule-interval watermark prefix-match-unit
      num-scheduler-steps scheduler-delay-factor prefix-cache-retention-interval
      """),
    EngineFlag.unmodelled(
      EngineFlag.order, .none,
      """
      long-prefill-token-threshold-adaptive scheduler-reserve-full-isl enable-prompt-embeds
      multi-step-stream-outputs
      """),
    EngineFlag.unmodelled(EngineFlag.queue, .one, "max-num-queued-reqs max-num-queued-tokens"),
    EngineFlag.unmodelled(
      EngineFlag.split, .one,
      "prefill-context-parallel-size pcp cp-kv-cache-interleave-size dcp-kv-cache-interleave-size"),
    EngineFlag.unmodelled(
      EngineFlag.kernels, .one,
      """
      attention-backend all2all-backend moe-backend linear-backend
      sparse-indexer-topk-backend mamba-backend mamba-ssu-algorithm gdn-prefill-backend
      kda-prefill-backend kda-decode-backend kernel-config ir-op-priority dcp-comm-backend
      model-impl dbo-decode-token-threshold dbo-prefill-token-threshold dp-sync-interval
      """),
    EngineFlag.unmodelled(
      EngineFlag.kernels, .none,
      """
      disable-cascade-attn enable-flashinfer-autotune monokernel dcp-q-replicate enable-hc-sp
      enable-batch-sharded-sampling use-fp64-gumbel disable-nccl-for-dp-synchronization
      """),
    EngineFlag.unmodelled(
      EngineFlag.balancing, .none, "enable-eplb enable-elastic-ep enable-ep-weight-filter"),
    EngineFlag.unmodelled(
      EngineFlag.balancing, .one, "expert-placement-strategy elastic-ep-max-dp-size"),
    EngineFlag.idle(
      .none,
      """
      trust-remote-code enable-auto-tool-choice disable-log-requests enable-log-requests
      disable-log-stats disable-uvicorn-access-log headless data-parallel-hybrid-lb
      data-parallel-external-lb data-parallel-multi-port-external-lb dpm dph dpe
      disable-custom-all-reduce return-tokens-as-token-ids language-model-only
      enable-server-load-tracking enable-request-id-headers skip-mm-profiling
      disable-frontend-multiprocessing enable-prompt-tokens-details enable-reasoning
      allow-deprecated-quantization enable-return-routed-experts return-sampling-mask
      enable-trace-replay skip-tokenizer-init enable-sleep-mode sleep-mode-offload-cudagraph
      enable-cumem-allocator enable-nccl-comm-suspend use-tqdm-on-load numa-bind
      enable-shm-tensor-arena ray-workers-use-nsight enable-fault-tolerance kv-cache-metrics
      cudagraph-metrics enable-layerwise-nvtx-tracing enable-mfu-metrics jit-monitor-verbose
      enable-logging-iteration-details aggregate-engine-logging fail-on-environ-validation
      tokens-only enable-flash-late-interaction grpc trust-request-chat-template
      trust-request-mm-kwargs exclude-tools-when-tool-choice-none enable-per-request-metrics
      enable-force-include-usage enable-tokenizer-info-endpoint enable-log-outputs
      enable-log-deltas cohere-is-reasoning-model log-error-stack enable-scale-out
      allow-credentials enable-ssl-refresh disable-fastapi-docs enable-offline-docs
      per-request-spec-decode-metrics
      """),
    EngineFlag.idle(
      .one,
      """
      host port api-key tokenizer tokenizer-mode chat-template seed chat-template-content-format
      tool-call-parser reasoning-parser uvicorn-log-level distributed-executor-backend load-format
      download-dir revision config-format data-parallel-address dpa data-parallel-rpc-port dpp
      data-parallel-size-local dpl data-parallel-start-rank dpr data-parallel-rank dpn
      data-parallel-backend dpb api-server-count asc stream-interval generation-config nnodes n r
      override-generation-config guided-decoding-backend structured-outputs-config node-rank
      tool-parser-plugin response-role master-addr master-port max-logprobs root-path ssl-keyfile
      ssl-certfile default-chat-template-kwargs max-parallel-loading-workers runner task
      model-loader-extra-config additional-config prefix-caching-hash-algo hf-config-path
      code-revision tokenizer-revision logprobs-mode hf-token sleep-mode-backend
      io-processor-plugin renderer-num-workers safetensors-load-strategy
      safetensors-prefetch-num-threads safetensors-prefetch-block-size pt-load-map-location
      reasoning-parser-plugin reasoning-config distributed-timeout-seconds
      cpu-distributed-timeout-seconds worker-cls worker-extension-cls fault-tolerance-config
      logging-config log-level log-config-file show-hidden-metrics-for-version
      otlp-traces-endpoint kv-cache-metrics-sample custom-histogram-buckets jit-monitor-mode
      watermark-config kv-events-config aux-output-config profiler-config watchdog-config
      weight-transfer-config shutdown-timeout reasoning-effort-map tool-strict-level tool-server
      max-log-len sse-keep-alive-interval cohere-format anthropic-disabled-thinking-effort
      fingerprint-mode fingerprint-value grpc-port data-parallel-supervisor-port
      dp-supervisor-probe-interval-s dp-supervisor-probe-timeout-s uds ssl-ca-certs ssl-cert-reqs
      dp-supervisor-probe-failure-threshold ssl-ciphers h11-max-incomplete-event-size
      h11-max-header-count disable-access-log-for-endpoints
      """),
    EngineFlag.idle(
      .many,
      """
      served-model-name allowed-origins allowed-methods allowed-headers middleware device-ids
      sleep-preserve-parameter-names logits-processors ignore-patterns numa-bind-nodes
      numa-bind-cpus collect-detailed-traces
      """),
  ]
}
