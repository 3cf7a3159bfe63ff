internal import Diagnostics

extension ModelFields {
  /// The data type that the file states, for checkpoints that are not quantized.
  var plainWeights: CheckpointWeights? {
    switch (optionalAnywhere("torch_dtype") ?? optionalAnywhere("dtype"))?.string() {
    case "bfloat16": .bfloat16
    case "float16": .float16
    case "float32": .float32
    default: nil
    }
  }
}

extension Architecture {
  /// What the checkpoint is called by: the format that most of its quantized weights are in.
  mutating func describe(_ quantization: CheckpointQuantization) {
    hasFP8Cache = quantization.hasFP8Cache
    quantizationMethod = quantization.method
    if let reason = quantization.unread {
      checkpointWeights = .unspecified(method: quantization.method, reason: reason)
      return
    }
    let experts = groups.allSatisfy { group in
      (group.frame.formats?.quantizedParts ?? []).allSatisfy {
        $0 == .expertUp || $0 == .expertDown
      }
    }
    guard let main = weightsByFormat.first(where: { $0.format != .bfloat16 })?.format else {
      checkpointWeights = .bfloat16
      return
    }
    checkpointFormat = main
    checkpointWeights =
      switch main.numbers {
      case .bfloat16: .bfloat16
      case .float8: .fp8PerTensor
      case .float8Blocks(let rows, let columns): .fp8Block(rows: rows, columns: columns)
      case .mxFloat8: .mxfp8
      case .mxFloat4: experts ? .mxfp4Experts : .mxfp4
      case .nvFloat4: .nvfp4
      case .normalFloat4: .normalFloat4
      case .integer(let bits):
        .integer(bits: bits, groupSize: main.group, expertsOnly: experts)
      }
  }
}
