extension Array where Element: Equatable {
  /// The elements, each once, where it first stands.
  package var uniqued: [Element] {
    reduce(into: []) { list, element in
      if !list.contains(element) { list.append(element) }
    }
  }
}
