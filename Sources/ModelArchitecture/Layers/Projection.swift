/// One weight matrix of a layer, applied to every token: `inputs` wide in, `outputs` wide out.
package struct Projection: Equatable, Sendable {
  package var name: String
  package var inputs: Int
  package var outputs: Int
  package var cut: ProjectionCut

  package init(_ name: String, _ inputs: Int, _ outputs: Int, cut: ProjectionCut = .columns) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.cut = cut
  }

  package var parameters: Int { inputs * outputs }
}

/// How tensor-parallel ranks divide a matrix.
package enum ProjectionCut: String, CaseIterable, Sendable {
  /// Each rank has a part of the outputs.
  case columns
  /// Each rank has a part of the inputs, and the results are summed.
  case rows
  /// Every rank has all of it.
  case whole
}
