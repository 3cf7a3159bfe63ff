/// The mean of correlated observations with an honest error: means of long batches hardly depend on
/// each other, so their spread tells the error of the whole.
///
/// The first batch is left out, as the system starts empty.
package struct BatchMeans: CustomStringConvertible {
  package let mean: Double
  package let standardError: Double

  package init(_ values: [Double], batches: Int = 25) {
    let size = values.count / batches
    let means = (1..<batches).map { batch in
      values[batch * size..<(batch + 1) * size].reduce(0, +) / Double(size)
    }
    let average = means.reduce(0, +) / Double(means.count)
    let variance =
      means.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(means.count - 1)
    mean = average
    standardError = (variance / Double(means.count)).squareRoot()
  }

  /// Whether a value is within four standard errors.
  package func agrees(with expected: Double) -> Bool {
    abs(mean - expected) <= 4 * standardError
  }

  package var description: String { "\(mean) +- \(standardError)" }
}
