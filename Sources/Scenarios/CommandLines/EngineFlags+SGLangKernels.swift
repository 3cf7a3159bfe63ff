extension SGLangFlags {
  /// Options of kernels and collectives.
  static let kernels = [
    EngineFlag.unmodelled(
      EngineFlag.kernels, .one,
      """
      attention-backend prefill-attention-backend decode-attention-backend moe-runner-backend
      fp8-gemm-backend fp8-gemm-runner-backend fp4-gemm-backend fp4-gemm-runner-backend
      bf16-gemm-backend nsa-prefill-backend nsa-decode-backend dsa-prefill-backend
      dsa-decode-backend dsa-topk-backend dsa-triton-union dsa-paged-mqa-logits-backend
      dsv4-prefill-backend dsv4-attn-backend deepep-mode deepep-v2-mode deepep-config fuseep-mode
      deepep-dispatcher-output-dtype flashinfer-a2a-dispatch-type flashinfer-mxfp4-moe-precision
      sampling-backend triton-attention-num-kv-splits triton-attention-split-tile-size
      mamba-backend linear-attn-backend linear-attn-decode-backend linear-attn-prefill-backend
      linear-attn-verify-backend boundary-reduction flashinfer-allreduce-fusion-backend
      tbo-token-distribution-threshold monokernel-backend model-impl rl-on-policy-target
      dllm-algorithm dllm-algorithm-config
      """),
    EngineFlag.unmodelled(EngineFlag.kernels, .many, "flashinfer-autotune-skip-ops"),
    EngineFlag.unmodelled(
      EngineFlag.kernels, .none,
      """
      enable-flashinfer-allreduce-fusion enable-dp-lm-head enable-symm-mem enable-torch-symm-mem
      enable-tf32-matmul enable-lean-attention enable-nvidia-megakernel enable-amd-monokernel
      disable-flashinfer-autotune triton-attention-reduce-in-fp32 flashinfer-mla-disable-ragged
      enable-fused-qk-norm-rope enable-precise-embedding-interpolation enable-mis
      enable-deepseek-v4-fp4-indexer enable-dsa-fused-indexer enable-nccl-nvls enable-mscclpp
      enable-scattered-sconv enable-quant-communications enable-fused-moe-sum-all-reduce
      enforce-disable-flashinfer-allreduce-fusion enable-aiter-allreduce-fusion
      disable-aiter-allreduce-fusion-in-prefill disable-aiter-allreduce-fusion-in-decode
      enable-w4a4-mxfp4-megamoe disable-flashinfer-cutlass-moe-fp4-allgather
      enforce-shared-experts-fusion enable-single-batch-overlap dllm-fdfo
      enable-deterministic-inference dcp-replicate-q-proj enable-dsa-cache-layer-split
      enable-kv-cache-sharding enable-dp-attention-local-control-broadcast
      enable-tp-lm-head-all-to-all enable-attn-tp-input-scattered enable-shared-experts-attn-tp
      enable-dense-mlp-attn-tp enable-layernorm-sp enable-megamoe-for-layernorm-sp
      disable-attn-tp-gather mlx-enable-sampling
      """),
  ]

  /// Options that say nothing about speed, memory or money.
  static let idle = [
    EngineFlag.idle(
      .none,
      """
      trust-remote-code enable-metrics enable-cache-report log-requests skip-server-warmup
      enable-p2p-check disable-custom-all-reduce enable-request-time-stats-logging
      disable-shared-experts-fusion allow-auto-truncate skip-tokenizer-init sleep-on-idle use-ray
      language-only language-model-only enable-memory-saver enable-weights-cpu-backup
      enable-draft-weights-cpu-backup enable-custom-logit-processor enable-watermark
      watermark-default-enabled watermark-enforce-all enable-return-hidden-states
      enable-return-aux-hidden-states enable-return-routed-experts enable-return-indexer-topk
      disable-outlines-disk-cache enable-profile-cuda-graph enable-cudagraph-gc debug-cuda-graph
      enable-torch-compile-debug-mode enable-layerwise-nvtx-marker pre-warm-nccl
      weight-loader-disable-mmap weight-loader-prefetch-checkpoints delete-ckpt-after-loading
      weight-loader-drop-cache-after-load checkpoint-engine-wait-weights-before-ready
      remote-instance-weight-loader-start-seed-via-transfer-engine show-time-cost
      enable-mfu-metrics enable-metrics-for-all-schedulers enable-forward-pass-metrics enable-trace
      export-metrics-to-file enable-response-store enable-http-worker-reuseport smg-grpc-mode
      grpc-mode enable-http2 enable-ssl-refresh trust-request-chat-template return-input-ids
      kv-canary-real-data return-output-ids strip-thinking-cache enable-strict-thinking
      stream-response-default-include-usage incremental-streaming-output enable-streaming-session
      constrained-json-disable-any-whitespace enable-dynamic-batch-tokenizer
      enable-tokenizer-batch-encode disable-tokenizer-batch-decode
      """),
    EngineFlag.idle(
      .one,
      """
      host port api-key tokenizer-path tokenizer-mode chat-template served-model-name
      tool-call-parser reasoning-parser log-level nnodes node-rank dist-init-addr load-format
      revision random-seed nccl-init-addr stat-loggers
      watchdog-timeout stream-interval
      tokenizer-worker-num device nccl-port base-gpu-id download-dir grammar-backend dist-timeout
      gpu-id-step soft-watchdog-timeout model-loader-extra-config model-config-parser
      modelopt-checkpoint-restore-path modelopt-checkpoint-save-path modelopt-export-path
      startup-weight-load-mode weight-loader-prefetch-num-threads engine-info-bootstrap-port
      remote-instance-weight-loader-seed-instance-ip remote-instance-weight-loader-backend
      remote-instance-weight-loader-seed-instance-service-port modelexpress-config
      decrypted-config-file decrypted-draft-config-file weight-cache-mode weight-cache-socket
      weight-cache-timeout log-level-http log-requests-level log-requests-format
      crash-dump-folder smg-http-sidecar-port grpc-http-sidecar-port load-snapshot-publish-interval
      tokenizer-metrics-custom-labels-header extra-metric-labels gc-warning-threshold-secs
      decode-log-interval kv-events-config load-publish-endpoint forward-pass-metrics-worker-id
      forward-pass-metrics-ipc-name trace-modules otlp-traces-endpoint otlp-service-name
      export-metrics-to-file-dir kv-canary kv-canary-sweep-interval debug-tensor-dump-output-folder
      debug-tensor-dump-input-file msprobe-dump-config watermark-config watermark-key
      watermark-key-b watermark-context-window watermark-mixing-probability mooncake-ib-device
      watermark-max-probability return-hidden-states-mode aux-hidden-state-capture
      sampling-mask-max-tokens gated-launch-port ep-join-rank-offset ep-join-mode
      elastic-ep-join-mode elastic-ep-join-rank-offset elastic-ep-scale-timeout tokenizer-backend
      detokenizer-worker-num fastapi-root-path grpc-port grpc-response-timeout-secs sidecar
      grpc-worker-threads warmups http2-max-concurrent-streams http2-initial-connection-window-size
      ssl-keyfile ssl-certfile ssl-ca-certs ssl-keyfile-password admin-api-key weight-version
      hf-chat-template-name completion-template file-storage-path default-chat-template-kwargs
      tool-server sampling-defaults preferred-sampling-params batch-notify-size
      constrained-json-whitespace-pattern constrained-json-max-whitespace-cnt
      dynamic-batch-tokenizer-batch-size dynamic-batch-tokenizer-batch-timeout
      """),
    EngineFlag.idle(
      .many,
      """
      numa-node gc-threshold return-aux-hidden-state-layer-ids custom-weight-loader model-checksum
      remote-instance-weight-loader-send-weights-group-ports log-requests-target sidecar-args
      uvicorn-access-log-exclude-prefixes tokenizer-metrics-allowed-custom-labels
      bucket-time-to-first-token bucket-inter-token-latency bucket-e2e-request-latency
      prompt-tokens-buckets generation-tokens-buckets debug-tensor-dump-layers forward-hooks
      prefill-delayer-forward-passes-buckets prefill-delayer-wait-seconds-buckets
      """),
  ]
}
