package import Results
package import ServingSimulation

extension DetourResults {
  /// Nil where no conversation has any.
  package init?(_ summary: RunSummary) {
    guard summary.compactions + summary.toolRetries > 0 else { return nil }
    self.init()
    compactions = summary.compactions
    toolRetries = summary.toolRetries
    prefilled = summary.detourPrefill
    output = summary.detourOutput
    prefilledShare = Double(prefilled) / Double(max(1, summary.inputTokens - summary.cachedTokens))
    outputShare = Double(output) / Double(max(1, summary.outputTokens))
  }
}
