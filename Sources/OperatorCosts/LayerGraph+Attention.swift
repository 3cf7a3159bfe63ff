internal import Hardware

extension LayerGraph {
  /// The kernels of `prefillCosts` with their rates, for the simulation's inner loop.
  var prefillKernels: PrefillKernels {
    PrefillKernels(
      context: collectives.context,
      attention: attention.map {
        (
          layers: $0.layers, stages: layout.pipeline, kernel: $0.element,
          rate: roofline.rate($0.element.prefillClass, $0.element.kernel)
        )
      },
      recurrent: recurrent.map {
        (
          layers: $0.layers, stages: layout.pipeline, kernel: $0.element,
          rate: roofline.rate(RecurrentKernel.prefillClass, .bf16)
        )
      })
  }
}

/// What a prompt chunk adds to a step, in a form that is read without copying the graph.
struct PrefillKernels: Sendable {
  typealias Kernels<Kernel> = [(layers: Int, stages: Int, kernel: Kernel, rate: KernelRate)]
  let context: ContextSplit?
  private(set) var attention: Kernels<AttentionKernel>
  private(set) var recurrent: Kernels<RecurrentKernel>

  /// With those of a draft, which reads the prompts too.
  func joined(with other: PrefillKernels?) -> PrefillKernels {
    guard let other else { return self }
    var all = self
    all.attention += other.attention
    all.recurrent += other.recurrent
    return all
  }

  /// One chunk, without the kernels' floors: `LayerGraph.prefillCosts` is this and `fixed`.
  func part(new: Int, prior: Int) -> PartCost {
    var sum = PartCost()
    for item in attention {
      var work = item.kernel.prefillWork(new: new, prior: prior, at: item.rate)
      work.seconds -= item.rate.floorSeconds
      sum.add(work, layers: item.layers)
      if let gather = context?.prefillCost(of: item.kernel, prior: prior) {
        sum.add(gather.repeated(item.layers))
      }
    }
    for item in recurrent {
      var work = item.kernel.prefillWork(new: new, at: item.rate)
      work.seconds -= item.rate.floorSeconds
      sum.add(work, layers: item.layers)
    }
    return sum
  }

  /// The floors, once a step: engines run one kernel over all chunks of a step (with pipeline
  /// stages, of a micro-batch).
  var fixed: PartCost {
    var sum = PartCost()
    for item in attention {
      sum.add(item.rate.work(flops: 0, bytes: 0), layers: item.layers * item.stages)
    }
    for item in recurrent {
      sum.add(item.rate.work(flops: 0, bytes: 0), layers: item.layers * item.stages)
    }
    return sum
  }
}
