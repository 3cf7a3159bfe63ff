/// How tokens are spread over the experts of a layer.
package enum ExpertRouting: Equatable, Sendable {
  /// Every token takes its k best experts, whose popularity falls with their rank r as r^-skew:
  /// 0 is uniform.
  case tokenChoice(skew: Double)
  /// Every expert takes its best tokens, so all have the same load.
  case expertChoice

  /// The skew of a served model.
  ///
  /// Status: fitted. Source: NVIDIA TensorRT-LLM, `examples/wide_ep/ep_load_balancer/README.md`
  /// (commit 2a595f8), DeepSeek-R1, 256 experts on 32 ranks without load balancing, 1,024 pairs of
  /// token and expert a rank, mean of layers 3 to 60 and 100 steps: the most loaded rank had 2.56
  /// times the mean, the standard deviation over the ranks was 0.48 of it. With 288 slots on 36
  /// ranks, balanced, it had 1.12 times the mean.
  /// A skew of 0.65 has 2.52 and 0.40; balanced 1.07, since here the popularity is known exactly
  /// (`ExpertLoadTests.theMeasuredSkewHasTheMeasuredImbalance`).
  package static let measured = ExpertRouting.tokenChoice(skew: 0.65)
}
