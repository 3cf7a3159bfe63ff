internal import ServingSimulation
internal import Units

extension TimelineSample {
  /// `all 20`; `the first 6,250, then 1 in 160: 12,460 of 1,000,000`.
  var words: String {
    if all == 0 { return "none" }
    if isComplete { return "all \(NumberText.grouped(all))" }
    return "the first \(NumberText.grouped(first)), then 1 in \(NumberText.grouped(stride)): "
      + "\(NumberText.grouped(kept)) of \(NumberText.grouped(all))"
  }
}
