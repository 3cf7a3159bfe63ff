package import Diagnostics

/// The kinds of table that hold kernel timings, known by the columns they need.
///
/// They are those of NVIDIA's aiconfigurator, joined over systems (`measurements/kernels`). More
/// columns do no harm. `source_table`, where it is there, is the path of the row's origin,
/// `.../framework/version/file`, and becomes the framework in a fit's note.
package enum KernelTable: String, CaseIterable, Sendable {
  case gemm
  case attentionContext = "attention_context"
  case attentionGeneration = "attention_generation"
  case mlaContext = "mla_context"
  case mlaGeneration = "mla_generation"
  case moe
  case customAllReduce = "custom_allreduce"
  case nccl
  case deepEPLowLatency = "deepep_low_latency"
  case deepEPNormal = "deepep_normal"
  case nvlinkAllToAll = "nvlink_alltoall"

  package var columns: [String] {
    switch self {
    case .gemm: ["system", "gemm_dtype", "kernel_source", "m", "n", "k", "latency_ms"]
    case .attentionContext:
      [
        "system", "kernel_source", "attn_dtype", "kv_cache_dtype", "num_heads",
        "num_key_value_heads", "head_dim", "batch_size", "isl", "latency_ms",
      ]
    case .attentionGeneration:
      [
        "system", "kernel_source", "attn_dtype", "kv_cache_dtype", "num_heads",
        "num_key_value_heads", "head_dim", "batch_size", "kv_len", "latency_ms",
      ]
    case .mlaContext:
      [
        "system", "kind", "kernel_source", "kv_cache_dtype", "num_heads", "batch_size", "isl",
        "latency_ms",
      ]
    case .mlaGeneration:
      [
        "system", "kind", "kernel_source", "kv_cache_dtype", "num_heads", "batch_size", "kv_len",
        "latency_ms",
      ]
    case .moe:
      [
        "system", "moe_dtype", "kernel_source", "hidden_size", "inter_size", "topk", "num_experts",
        "moe_tp_size", "moe_ep_size", "distribution", "num_tokens", "latency_ms",
      ]
    case .customAllReduce:
      [
        "system", "kernel_source", "allreduce_dtype", "num_gpus", "message_size_elements",
        "latency_ms",
      ]
    case .nccl:
      [
        "system", "op_name", "nccl_dtype", "num_gpus", "message_size_elements", "latency_ms",
      ]
    case .deepEPLowLatency:
      [
        "system", "node_num", "hidden_size", "num_topk", "num_experts", "num_token",
        "dispatch_avg_t_us", "combine_avg_t_us",
      ]
    case .deepEPNormal:
      [
        "system", "node_num", "hidden_size", "num_topk", "num_experts", "num_token",
        "dispatch_sms", "dispatch_transmit_us", "combine_transmit_us",
      ]
    case .nvlinkAllToAll:
      [
        "system", "op_name", "kernel_source", "moe_dtype", "num_tokens", "hidden_size", "topk",
        "num_experts", "moe_ep_size", "latency_ms",
      ]
    }
  }

  /// The kind that a table is: all its columns are there, or at least two in three, so that one
  /// that is missing can be named.
  ///
  /// - Throws: `InvalidInput` that lists the kinds.
  package init(of table: CSVTable) throws {
    let header = Set(table.header)
    let shares = Self.allCases.map { kind in
      (
        kind: kind,
        share: Double(kind.columns.count(where: header.contains)) / Double(kind.columns.count)
      )
    }
    let best = shares.max {
      ($0.share, $0.kind.columns.count) < ($1.share, $1.kind.columns.count)
    }
    guard let best, best.share >= 2.0 / 3 else { throw Self.unknownHeader(table) }
    self = best.kind
  }

  private static func unknownHeader(_ table: CSVTable) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "calibrate/unknown-header", "cannot tell what the file's timings are of",
        at: SourceLocation(file: table.file, line: 1),
        notes: allCases.map { "\($0.rawValue) has \($0.columns.joined(separator: ","))" },
        hint: "give the columns of one of these; others may stand beside them"))
  }
}
