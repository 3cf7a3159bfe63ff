/// One weight matrix of a layer, applied to every token: `inputs` wide in, `outputs` wide out.
package struct Projection: Equatable, Sendable {
  package var name: String
  package var inputs: Int
  package var outputs: Int

  package init(_ name: String, _ inputs: Int, _ outputs: Int) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
  }

  package var parameters: Int { inputs * outputs }
}
