internal import ByteStreams

/// A way of writing down recorded requests. A new one is a case here and, where its rows are no
/// table and no plain objects, a reader beside this file.
package enum TraceFormat: String, CaseIterable, Sendable {
  /// Azure LLM inference traces of 2023, 2024 and, with images, 2025 (CC-BY-4.0,
  /// Azure/AzurePublicDataset).
  case azure
  /// BurstGPT (CC-BY-4.0, HPMLL/BurstGPT); a failed request has no response tokens.
  case burstgpt
  /// Processed traces of Vidur (MIT, microsoft/vidur).
  case vidur
  /// Mooncake traces (Apache-2.0, kvcache-ai/Mooncake), and what AIPerf and Dynamo add to them:
  /// sessions, delays, priorities, decimal times, other block sizes.
  case mooncake
  /// Qwen-Bailian traces (Apache-2.0, alibaba-edu/qwen-bailian-usagetraces-anon).
  case bailian
  /// A folder of clients, each with rates and lengths, from which requests are drawn (Apache-2.0,
  /// alibaba/ServeGen).
  case servegen
  /// Requests and agent sessions of LLMServingSim (MIT, casys-kaist/LLMServingSim).
  case llmservingsim
  /// Sessions of coding agents (Apache-2.0, callanjfox/kv-cache-tester): a JSON object each, in
  /// lines or in files of a folder.
  case weka
  /// Rounds of coding agents (CC-BY-4.0, uw-syfi/TraceLab), or the table made of them for replays.
  case tracelab
  /// Request traces of Dynamo (ai-dynamo/dynamo, `DYN_REQUEST_TRACE`).
  case dynamo
  /// A table with a header, whose columns are named by who uses it.
  case csv
  /// An object a line, likewise.
  case jsonl

  /// The format as a message calls it.
  package var words: String {
    switch self {
    case .azure: "an Azure trace"
    case .burstgpt: "a BurstGPT trace"
    case .vidur: "a Vidur trace"
    case .mooncake: "a Mooncake trace"
    case .bailian: "a Bailian trace"
    case .servegen: "a ServeGen folder"
    case .llmservingsim: "an LLMServingSim trace"
    case .weka: "a WEKA session"
    case .tracelab: "a TraceLab trace"
    case .dynamo: "a Dynamo request trace"
    case .csv, .jsonl: "the trace"
    }
  }

  /// A line of it.
  var example: String {
    switch self {
    case .azure: "2023-11-16 18:15:46.6805900,374,44"
    case .burstgpt: "5,ChatGPT,472,18,490,Conversation log"
    case .vidur: "4.31,396,109"
    case .mooncake:
      #"{"timestamp": 0, "input_length": 600, "output_length": 50, "hash_ids": [0, 1]}"#
    case .bailian:
      #"{"chat_id": 1, "parent_chat_id": -1, "timestamp": 0.5, "input_length": 20, "#
        + #""output_length": 50, "type": "text", "turn": 1, "hash_ids": [0, 1]}"#
    case .servegen: "600,0.39,0.9137,Gamma,1.1977,2.0746"
    case .llmservingsim:
      #"{"input_toks": 128, "output_toks": 512, "arrival_time_ns": 0}"#
    case .weka:
      #"{"id": "a", "block_size": 64, "requests": [{"t": 0.5, "type": "s", "in": 200, "out": 50, "#
        + #""hash_ids": [1, 2, 3]}]}"#
    case .tracelab:
      #"{"session_id": "a", "round_index": 0, "input_tokens_total": 900, "prefix_tokens": 0, "#
        + #""output_tokens": 50, "timing_events": [{"event_type": "user_message", "#
        + #""timestamp": "2026-05-01T10:00:00Z"}]}"#
    case .dynamo:
      #"{"event": {"schema": "dynamo.request.trace.v1", "event_type": "request_end", "#
        + #""request": {"request_received_ms": 0, "input_tokens": 20, "output_tokens": 50}}}"#
    case .csv: "0.5,374,44"
    case .jsonl: #"{"time": 0.5, "input": 374, "output": 44}"#
    }
  }

  /// Tokens of a block where the file does not say; nil where it is found from its ids.
  var blockTokens: Int? {
    switch self {
    case .bailian, .llmservingsim: 16
    case .weka, .tracelab: 64
    default: nil
    }
  }

  /// Whether the higher of two priorities is the more urgent, as for Dynamo, whose Mooncake rows
  /// have them; elsewhere it is the lower, as for vLLM.
  package var isHigherMoreUrgent: Bool { self == .mooncake }

  /// Whether a row is a request: it has a prompt. One without an answer is a text that is read for
  /// a vector or a score, or whose answer was broken off before it began; its prompt is computed
  /// all the same. Only BurstGPT writes a request that failed so.
  func isRequest(_ row: TraceRow) -> Bool {
    row.inputTokens > 0 && (row.outputTokens > 0 || self != .burstgpt)
  }

  /// Sizes of blocks that are taken where ids allow several, best first.
  var likelyBlockTokens: [Int] { [512, 16, 32, 64, 128, 256, 1024, 2048, 4096] }
}
