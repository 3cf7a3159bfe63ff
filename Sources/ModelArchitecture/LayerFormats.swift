/// How the checkpoint stores the matrices of one layer, part by part.
package struct LayerFormats: Equatable, Sendable {
}
