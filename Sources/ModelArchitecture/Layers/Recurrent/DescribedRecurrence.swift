/// A recurrence whose counts its family's table states: short convolutions, RG-LRU, RWKV, mLSTM.
///
/// What the counts are made of, with the library's module, stands in the table.
package struct DescribedRecurrence: Equatable, RecurrentLayer {
  package var name: String
  /// Matrices into and out of the recurrence; `output` is the one that leaves it.
  package var matrices: [Projection]
  package var innerMatrixParameters: Int
  package var vectorParameters: Int
  package var stateElements: Int
  package var stateBytesPerElement: Int
  package var convolutionElements: Int
  package var recurrenceFLOPsPerToken: Int
  /// What tensor ranks divide: heads or channels.
  package var channels: Int

  package func projections(hiddenSize: Int) -> [Projection] { matrices }
}
