/// Lists of parts and of sections, some of which are there only sometimes.
@resultBuilder
package enum PageBuilder<Element> {
  package static func buildExpression(_ element: Element?) -> [Element] {
    element.map { [$0] } ?? []
  }
  package static func buildExpression(_ elements: [Element]) -> [Element] { elements }
  package static func buildBlock(_ parts: [Element]...) -> [Element] { parts.flatMap { $0 } }
  package static func buildOptional(_ part: [Element]?) -> [Element] { part ?? [] }
  package static func buildEither(first: [Element]) -> [Element] { first }
  package static func buildEither(second: [Element]) -> [Element] { second }
  package static func buildArray(_ parts: [[Element]]) -> [Element] { parts.flatMap { $0 } }
}
