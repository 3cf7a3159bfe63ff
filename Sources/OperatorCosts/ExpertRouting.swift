/// How tokens are spread over the experts of a layer.
package enum ExpertRouting: Equatable, Sendable {
  /// Every token takes its k best experts, whose popularity falls with their rank r as r^-skew:
  /// 0 is uniform.
  case tokenChoice(skew: Double)
  /// Every expert takes its best tokens, so all have the same load.
  case expertChoice
}
