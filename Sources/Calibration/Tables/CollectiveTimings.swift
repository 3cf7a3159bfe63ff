internal import Diagnostics
internal import Hardware

extension TimingReader {
  private static let elementBytes: [(word: String, value: Double)] = [
    ("bfloat16", 2), ("half", 2), ("float", 4), ("int8", 1),
  ]

  private static let operations: [(word: String, value: CollectiveKind)] = [
    ("all_reduce", .allReduce), ("all_gather", .allGather), ("reduce_scatter", .reduceScatter),
    ("alltoall", .allToAll),
  ]

  /// All-reduce kernels of the frameworks. Those launched one by one from Python spend their time
  /// there, which no engine does.
  func customAllReduce(_ row: CSVTable.Row, _ timings: inout Timings) {
    let origin = origin(row)
    let timing = collective(row, origin, .allReduce, "allreduce_dtype", .graph)
    guard !origin.kernelSource.hasSuffix("eager") else {
      return Self.unused(origin, "all_reduce launched outside a graph", &timings)
    }
    timings.collectives.append(timing)
  }

  /// NCCL's own tests, without a graph.
  func nccl(_ row: CSVTable.Row, _ timings: inout Timings) {
    let kind = reader.choice("op_name", row, Self.operations)
    timings.collectives.append(collective(row, origin(row), kind, "nccl_dtype", .library))
  }

  private func collective(
    _ row: CSVTable.Row, _ origin: TimingOrigin, _ kind: CollectiveKind, _ format: String,
    _ path: CollectiveTiming.Path
  ) -> CollectiveTiming {
    let bytes =
      Double(count("message_size_elements", row))
      * reader.choice(format, row, Self.elementBytes)
    return CollectiveTiming(
      origin: origin, kind: kind, path: path, ranks: count("num_gpus", row, from: 2),
      point: LineFit.Point(bytes: bytes, seconds: milliseconds("latency_ms", row)))
  }
}
