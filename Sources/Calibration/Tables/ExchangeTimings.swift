internal import Diagnostics
internal import Hardware

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Bytes of one token on its way to an expert or back, d values wide.
///
///     fp8: d (1 + 4 / 128)      nvfp4: d (1 / 2 + 1 / 16)      combine: 2 d
///
/// An fp8 token has a 4-byte scale for 128 values, an nvfp4 one an 8-bit scale for 16; results come
/// back in 16 bits. Check: d = 7,168: 7,392, 4,032 and 14,336 B.
private enum TokenBytes {
  static func fp8(_ width: Int) -> Double { Double(width) * (1 + 4.0 / 128) }
  static func nvfp4(_ width: Int) -> Double { Double(width) * (0.5 + 1.0 / 16) }
  static func combined(_ width: Int) -> Double { Double(width) * 2 }
}

/// How often a token leaves a rank, kernel by kernel (hardware-profiles/README.md has the table).
private enum Copies {
  /// Every pair of token and expert on its own, to one of x places of which one is here.
  static func pairs(_ topK: Int, places: Int) -> Double {
    Double(topK) * elsewhere(places)
  }

  /// Once to every place that random routing gives it an expert in.
  static func merged(_ topK: Int, places: Int) -> Double {
    let count = Double(places)
    return count * (1 - pow(1 - 1 / count, Double(topK))) * elsewhere(places)
  }

  /// Once to every place, where the rows spread a token's experts over as many as there are.
  static func balanced(_ topK: Int, places: Int) -> Double {
    Double(min(topK, places)) * elsewhere(places)
  }

  private static func elsewhere(_ places: Int) -> Double { 1 - 1 / Double(places) }
}

extension TimingReader {
  /// DeepEP's low-latency kernels over servers of eight, on NVL72 racks over trays of four. Between
  /// servers what counts is what crosses.
  func lowLatencyExchange(_ row: CSVTable.Row, _ timings: inout Timings) {
    deepEP(
      row, .lowLatency, times: ("dispatch_avg_t_us", "combine_avg_t_us"), processors: nil,
      copies: Copies.pairs, &timings)
  }

  /// DeepEP's normal kernels, after the exchange of counts.
  func normalExchange(_ row: CSVTable.Row, _ timings: inout Timings) {
    deepEP(
      row, .normal, times: ("dispatch_transmit_us", "combine_transmit_us"),
      processors: count("dispatch_sms", row), copies: Copies.merged, &timings)
  }

  private func deepEP(
    _ row: CSVTable.Row, _ family: ExchangeTiming.Family, times: (String, String),
    processors: Int?, copies: (Int, Int) -> Double, _ timings: inout Timings
  ) {
    let origin = origin(row)
    let nodes = count("node_num", row)
    let (topK, width) = (count("num_topk", row), count("hidden_size", row))
    let tokens = Double(count("num_token", row))
    let places = nodes > 1 ? nodes : Self.ranksOfANode(origin.system)
    let copied = tokens * copies(topK, places)
    for (name, bytes) in [
      (times.0, TokenBytes.fp8(width)), (times.1, TokenBytes.combined(width)),
    ] {
      timings.exchanges.append(
        ExchangeTiming(
          origin: origin, family: family, isAcrossDomains: nodes > 1, processors: processors,
          point: LineFit.Point(bytes: copied * bytes, seconds: microseconds(name, row))))
    }
  }

  /// A tray of an NVL72 rack has four; other servers have eight.
  private static func ranksOfANode(_ system: String) -> Int {
    system.hasPrefix("gb") ? 4 : 8
  }

  /// TensorRT-LLM's NVLink kernels. The two-sided ones first tell each other what will come: half
  /// of that is dispatch's and half combine's. A combine in low precision is none that engines run
  /// by default. The two-sided dispatch in fp8 is an all-to-all too, its payload what a rank sends.
  func nvlinkExchanges(_ timings: inout Timings) {
    var preparations: [String: Double] = [:]
    for row in reader.rows where reader.text("op_name", row) == "alltoall_prepare" {
      preparations[shape(row)] = milliseconds("latency_ms", row)
    }
    for row in reader.rows {
      let origin = origin(row)
      let name = reader.choice("op_name", row, Self.operations.map { ($0, $0) })
      guard name == "alltoall_dispatch" || name == "alltoall_combine" else {
        if name != "alltoall_prepare" {
          Self.unused(origin, "combine in low precision", &timings)
        }
        continue
      }
      let family = reader.choice("kernel_source", row, Self.families)
      let isFP8 = reader.choice("moe_dtype", row, [("fp8", true), ("nvfp4", false)])
      let (tokens, width) = (Double(count("num_tokens", row)), count("hidden_size", row))
      let (topK, ranks) = (count("topk", row), count("moe_ep_size", row, from: 2))
      let bytes =
        name == "alltoall_combine"
        ? TokenBytes.combined(width) : isFP8 ? TokenBytes.fp8(width) : TokenBytes.nvfp4(width)
      let seconds = milliseconds("latency_ms", row)
      let prepared = family == .twoSided ? (preparations[shape(row)] ?? 0) / 2 : 0
      timings.exchanges.append(
        ExchangeTiming(
          origin: origin, family: family, isAcrossDomains: false,
          point: LineFit.Point(
            bytes: tokens * Copies.balanced(topK, places: ranks) * bytes,
            seconds: seconds + prepared)))
      guard name == "alltoall_dispatch", family == .twoSided, isFP8 else { continue }
      timings.collectives.append(
        CollectiveTiming(
          origin: origin, kind: .allToAll, path: .dispatch, ranks: ranks,
          point: LineFit.Point(
            bytes: tokens * Double(min(topK, ranks) * width), seconds: seconds)))
    }
  }

  private static let operations = [
    "alltoall_prepare", "alltoall_dispatch", "alltoall_combine", "alltoall_combine_low_precision",
  ]

  private static let families: [(word: String, value: ExchangeTiming.Family)] = [
    ("NVLinkOneSided", .oneSided), ("NVLinkTwoSided", .twoSided),
  ]

  /// What a preparation and what it prepares have in common.
  private func shape(_ row: CSVTable.Row) -> String {
    ["system", "kernel_source", "moe_dtype", "moe_ep_size", "num_tokens", "hidden_size", "topk"]
      .map { reader.text($0, row) ?? "" }.joined(separator: ",")
  }
}
