/// One of the ways in which a replica's ranks share a model and its requests: what all rooms say of
/// it. What it means to the work of a step is where that work is.
///
/// The raw value is the key of a scenario's `parallelism` and of documents.
package enum LayoutDimension: String, CaseIterable, CodingKey, Sendable {
  case tensor
  case attentionData = "attention_data"
  case pipeline, expert, context
  case redundantExperts = "redundant_experts"

  private typealias Row = (
    size: WritableKeyPath<ParallelLayout, Int>, unused: Int, words: String, letters: String
  )

  private var row: Row {
    switch self {
    case .tensor: (\.tensor, 1, "tensor parallel", "TP")
    case .attentionData: (\.attentionData, 1, "attention data parallel", "DP")
    case .pipeline: (\.pipeline, 1, "pipeline stages", "PP")
    case .expert: (\.expert, 1, "expert parallel", "EP")
    case .context: (\.context, 1, "context parallel", "CP")
    case .redundantExperts: (\.redundantExperts, 0, "redundant experts", "copies ")
    }
  }

  /// Size of the dimension in a layout that does not use it.
  package var unused: Int { row.unused }
  /// `tensor parallel`, before a size.
  package var words: String { row.words }
  /// `TP`, before a size.
  package var letters: String { row.letters }

  fileprivate var size: WritableKeyPath<ParallelLayout, Int> { row.size }
}

extension ParallelLayout {
  package subscript(_ dimension: LayoutDimension) -> Int {
    get { self[keyPath: dimension.size] }
    set { self[keyPath: dimension.size] = newValue }
  }

  /// The dimensions that it uses, with their sizes.
  package var used: [(dimension: LayoutDimension, size: Int)] {
    LayoutDimension.allCases.map { ($0, self[$0]) }.filter { $0.1 > $0.0.unused }
  }
}
