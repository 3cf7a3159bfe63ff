internal import Documents
internal import Rendering
internal import Results

// Work that nobody waits for, and how much of it is done while its window is open.
extension RunFindings {
  var batch: Section {
    Section("Batch") {
      if let window = report.inputs.workload.batch {
        Part.facts(Self.facts(of: window, results.batchWork))
      }
    }
  }

  private static func facts(
    of window: WorkloadInputs.Batch, _ found: BatchResults?
  ) -> [Fact] {
    let asked =
      "\(Words.count(window.requests, "request")) for \(Words.duration(window.lengthSeconds)) from "
      + "\(Words.duration(window.opensSeconds)) on, every \(Words.duration(window.periodSeconds)), "
      + "\(Words.count(window.inFlight)) at a time"
    guard let found else {
      return [Fact("a window", asked), Fact("done", "no window opens and closes in the run")]
    }
    let ready =
      found.finishSeconds.map {
        found.finished == found.windows
          ? "; the last after \(Words.duration($0))"
          : "; all of them in \(found.finished) windows, after \(Words.duration($0))"
      } ?? ""
    return [
      Fact("a window", asked),
      Fact(
        "done",
        "\(Words.count(Int64(found.done.rounded()))) of them, \(Words.percent(found.share))" + ready
          + (found.windows > 1 ? ", in the mean of \(Words.count(found.windows)) windows" : "")),
    ]
  }
}
