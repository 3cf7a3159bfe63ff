/// The names under which figures may be required.
package struct FigureNames: Sendable {
  /// The names as a message lists them.
  package let known: [String]
  /// Nil for a name that no figure has.
  package let find: @Sendable (String) -> Figure?

  package init(known: [String], find: @escaping @Sendable (String) -> Figure?) {
    self.known = known
    self.find = find
  }

  package init(_ figures: [Figure]) {
    self.init(known: figures.map(\.path)) { name in figures.first { $0.path == name } }
  }
}
