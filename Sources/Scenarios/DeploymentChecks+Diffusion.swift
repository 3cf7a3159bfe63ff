internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation

// Models that write blocks of tokens, and what blocks are simulated on.
extension DeploymentChecks {
  /// How answers are written: token after token, with guesses, or by the block.
  func checkWriting() {
    checkSpeculation()
    checkDiffusion()
  }

  private func checkDiffusion() {
    guard pool.diffusion != nil else { return checkWritesTokens() }
    let place = pool.place(of: "diffusion")
    func refuse(_ message: String, hint: String) {
      self.refuse("diffusion", message, at: place, hint: hint)
    }
    if hardware.kind == .lpu || pool.feedForward != nil {
      refuse(
        "blocks of tokens are priced on GPUs, not on dataflow chips",
        hint: "leave `\(place.path)` out")
    } else if pool.role != .serving {
      refuse(
        "blocks of tokens are refined where their prompts are computed",
        hint: "leave `pools` out")
    } else if pool.speculation != nil {
      refuse(
        "a block is refined, and nothing is guessed ahead of it",
        hint: "leave `\(path(of: "speculation"))` out")
    } else if layout.attentionData > 1 || layout.pipeline > 1 || layout.context > 1 {
      refuse(
        "blocks of tokens are simulated on tensor and expert ranks alone",
        hint: "set `\(path(of: "parallelism"))` to `{tensor: \(layout.accelerators)}`")
    } else if architecture.isEncoder || !readsWholeContexts {
      refuse(
        "blocks of tokens need attention over all that comes before, in every layer: "
          + "`\(architecture.name)` has other layers",
        hint: "leave `\(place.path)` out")
    }
  }

  private var readsWholeContexts: Bool {
    architecture.groups.allSatisfy { group in
      group.mixer.stateBytesPerSequence == 0 && group.caches.allSatisfy { $0.window == nil }
    }
  }

  /// A model that was trained on blocks writes no single tokens.
  private func checkWritesTokens() {
    guard let block = architecture.diffusionBlock, !pool.answersNothing(of: scenario.workload)
    else { return }
    refuse(
      "diffusion", "`\(architecture.name)` writes blocks of tokens, refined in several passes",
      at: pool.place(of: "diffusion"),
      hint: "say how fast: `--set diffusion='{block: \(block), tokens_per_pass: 2.6}'`")
  }
}
