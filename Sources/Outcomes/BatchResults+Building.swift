internal import Results
internal import ServingSimulation
internal import Units
package import Workloads

extension BatchResults {
  /// Nil where there is no such work, or no window was whole.
  package init?(_ summary: BatchSummary?) {
    guard let summary, case let whole = summary.whole, !whole.isEmpty else { return nil }
    self.init()
    windows = whole.count
    requests = summary.window.requests
    done = whole.reduce(0) { $0 + Double($1.done) } / Double(windows)
    share = done / Double(requests)
    let ready = whole.filter { $0.done == $0.asked }
    finished = ready.count
    guard !ready.isEmpty else { return }
    finishSeconds =
      ready.reduce(0) { $0 + ($1.last - $1.opening).seconds } / Double(ready.count)
  }
}
