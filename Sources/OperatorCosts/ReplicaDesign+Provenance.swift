package import Hardware
internal import ModelArchitecture

// Which figures of a profile the price of this replica's steps rests on.
extension ReplicaDesign {
  /// What most weights are multiplied in: the peak that utilisation is measured against.
  package var weightArithmetic: Arithmetic {
    weightKernel.peak
  }

  /// Key paths of the peaks and efficiencies used, sorted as the profile lists them.
  package var kernelFigurePaths: [String] {
    if hardware.kind == .lpu {
      let paths = dataflowFigurePaths
      return hardware.provenances.map(\.path).filter(paths.contains)
    }
    let rooflines = Roofline(hardware)
    var paths: Set<String> = []
    for (operation, kernel) in kernels {
      if hardware.accelerator.peak[kernel.peak] != nil {
        paths.insert("accelerator.peak.\(kernel.peak.rawValue)")
      } else {
        paths.insert("accelerator.peak.\(Arithmetic.bf16.rawValue)")
      }
      // A kernel without efficiencies of its own borrows a relative's; the profile says whose.
      let efficiency = rooflines.efficiency(operation, kernel)
      if let path = Self.path(of: efficiency, preferring: (operation, kernel), in: hardware) {
        paths.insert(path)
      }
    }
    return hardware.provenances.map(\.path).filter(paths.contains)
  }

  private var weightKernel: KernelArithmetic {
    if precision.followsCheckpoint(of: architecture), let format = architecture.checkpointFormat {
      return ResolvedArithmetic(format, on: hardware.accelerator).kernel
    }
    return ResolvedArithmetic(
      precision.weights, on: hardware.accelerator,
      narrowsActivations: !precision.quantizesExpertsAlone(of: architecture)
    ).kernel
  }

  private var kernels: [(OperatorClass, KernelArithmetic)] {
    let builder = LayerBuilder(self)
    let cache = precision.keyValueCache.arithmetic
    var list: [(OperatorClass, KernelArithmetic)] = [(.elementwise, .bf16), (.gemm, .bf16)]
    for group in architecture.groups {
      let builder = builder.reading(group.frame)
      for part in group.quantizableParameters(hiddenSize: architecture.hiddenSize).keys {
        let kernel = builder.arithmetic(of: part).kernel
        let isRouted = part == .expertUp || part == .expertDown
        list.append((isRouted ? (fusesExperts ? .moeFused : .moe) : .gemm, kernel))
      }
      switch group.mixer {
      case .attention: list += [(.attentionPrefill, cache), (.attentionDecode, cache)]
      case .latentAttention, .compressedAttention:
        list += [(.mlaPrefill, cache), (.mlaDecode, cache)]
      case .recurrent, .none: break
      }
    }
    return list
  }

  private static func path(
    of efficiency: Efficiency, preferring own: (OperatorClass, KernelArithmetic),
    in profile: HardwareProfile
  ) -> String? {
    var candidates = [own]
    for operation in OperatorClass.allCases {
      candidates += profile.efficiencies.arithmetics(of: operation).map { (operation, $0) }
    }
    return candidates.first { profile.efficiency(of: $0.0, $0.1) == efficiency }
      .map { "efficiencies.\($0.0.rawValue).\($0.1.rawValue)" }
  }
}
