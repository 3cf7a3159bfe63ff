internal import Rendering
internal import Results
internal import Units

// Pools side by side, and what goes between them.
extension RunFindings {
  /// Empty with one pool, which the other sections describe.
  var pools: Section {
    Section("Pools") {
      if results.pools.count > 1 {
        Part.table(
          Table(
            "Pools", [""] + results.pools.map(\.name), rows: rows(of: results.pools)))
      }
    }
  }

  private func rows(of pools: [PoolResults]) -> [[Cell]] {
    let lines: [(String, (PoolResults) -> Cell)] = [
      ("\(accelerator)s", { .count($0.accelerators) }),
      ("requests/s", { .number($0.requestsPerSecond, 4) }),
      ("prompt tokens/s", { .number($0.prefillRate, 4) }),
      ("decoded tokens/s", { .number($0.decodeRate, 4) }),
      ("busy", { .share($0.busy) }),
      ("bound by memory", { .share($0.boundBy?.memory) }),
      ("bound by compute", { .share($0.boundBy?.compute) }),
      ("bound by interconnect", { .share($0.boundBy?.interconnect) }),
      ("bound by host", { .share($0.boundBy?.host) }), ("idle", { .share($0.boundBy?.idle) }),
      ("MFU", { .share($0.modelFLOPsUtilization) }),
      ("MBU", { .share($0.modelBandwidthUtilization) }),
      ("batch, mean", { .number($0.batch.max > 0 ? $0.batch.mean : nil) }),
      ("batch, max", { .count($0.batch.max > 0 ? Int($0.batch.max) : nil) }),
      ("KV cache, mean", { .share($0.keyValueOccupancy.mean) }),
      ("KV cache, max", { .share($0.keyValueOccupancy.max) }),
      ("waiting for ranks", { .share($0.imbalance) }),
      ("waiting for experts", { .share($0.expertImbalance) }),
      ("outages", { .count($0.outages) }), ("outages, in all", { .seconds($0.outageSeconds) }),
      ("USD a request", { .number($0.costPerRequest, 3) }),
      ("power of one", { .quantity($0.wattsOfOne, .watts) }),
    ]
    return lines.compactMap { name, cell in
      let cells = pools.map(cell)
      return cells.contains { $0 != .none } ? [.words(name)] + cells : nil
    }
  }

  var transfers: Section {
    Section("Transfers") {
      if let transfers = results.transfers {
        let mean = transfers.bytes / Double(transfers.count)
        Part.paragraph(
          "\(Words.count(transfers.count)) caches, \(Words.bytes(transfers.bytes)), "
            + "\(Words.bytes(mean)) each")
        Part.table(
          Table(spreads: [("waiting", transfers.waiting), ("sending", transfers.sending)]))
      }
    }
  }
}

extension PoolResults {
  fileprivate var wattsOfOne: Double? {
    acceleratorPowerWatts.map { $0 / Double(accelerators) }
  }
}
