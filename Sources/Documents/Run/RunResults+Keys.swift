internal import Results

// What others read by name: the unit stands last, and a latency is in milliseconds.

extension RunResults: DocumentKeys {
  package static let keys = DocumentNames(
    [
      "makespanSeconds": "makespan_s", "requestsPerSecond": "req_s", "outputRate": "output_tok_s",
      "outputRatePerAccelerator": "output_tok_s_per_gpu",
      "outputRatePerReplica": "replica_output_tok_s", "totalRate": "total_tok_s",
      "totalRatePerAccelerator": "total_tok_s_per_gpu", "timeToFirstToken": "ttft_ms",
      "timeToFirstAnswerToken": "ttfat_ms", "timePerOutputToken": "tpot_ms",
      "interTokenLatency": "itl_ms", "endToEnd": "e2e_ms", "goodput": "goodput_req_s",
      "attainment": "slo_attainment", "keyValueOccupancy": "kv_occupancy",
      "modelFLOPsUtilization": "mfu", "modelBandwidthUtilization": "mbu", "batchWork": "batch_work",
    ], whole: ["makespanSeconds"])
}

extension BatchResults: DocumentKeys {
  package static let keys = DocumentNames(["finishSeconds": "finish_s"])
}

extension ConversationResults: DocumentKeys {
  package static let keys = DocumentNames(["pauseSeconds": "pause_s"])
}

extension ClassResults: DocumentKeys {
  package static let keys = DocumentNames([
    "outputRate": "output_tok_s", "timeToFirstToken": "ttft_ms", "timePerOutputToken": "tpot_ms",
    "endToEnd": "e2e_ms", "attainment": "slo_attainment",
  ])
}

extension QuestionResults: DocumentKeys {
  package static let keys = DocumentNames(["latency": "latency_ms"])
}

extension QuestionResults.Each: DocumentKeys {
  package static let keys = DocumentNames([
    "dollars": "cost_usd", "joules": "energy_j", "dollarsPerCorrect": "cost_per_correct_usd",
    "cacheBytes": "cache_bytes",
  ])
}

extension RunResults.Requests: DocumentKeys {
  package static let keys = DocumentNames(["tooLong": "rejected_too_long"])
}

extension RunResults.PeakResults: DocumentKeys {
  package static let keys = DocumentNames(RunResults.keys.names)
}

extension LoadResults: DocumentKeys {
  package static let keys = DocumentNames([
    "offered": "offered_req_s", "served": "served_req_s", "capacity": "capacity_req_s",
    "utilization": "utilisation",
  ])
}

extension SampleResults: DocumentKeys {
  package static let keys = DocumentNames(["warmUpSeconds": "warm_up_s", "seconds": "judged_s"])
}

extension PoolResults: DocumentKeys {
  package static let keys = DocumentNames(
    [
      "modelFLOPsUtilization": "mfu", "modelBandwidthUtilization": "mbu",
      "keyValueOccupancy": "kv_occupancy", "prefillRate": "prefill_tok_s",
      "decodeRate": "decode_tok_s", "outageSeconds": "outage_s",
      "acceleratorPowerWatts": "accelerator_mean_power_w", "cost": "cost_usd",
      "requestsPerSecond": "requests_req_s", "costPerRequest": "cost_usd_per_request",
    ], whole: ["cost"])
}

extension TransferResults: DocumentKeys {
  package static let keys = DocumentNames(["waiting": "wait_ms", "sending": "send_ms"])
}

extension EnergyResults: DocumentKeys {
  package static let keys = DocumentNames([
    "meanPowerWatts": "mean_power_w", "tokensPerSecondPerMegawatt": "tok_s_per_mw",
    "facilityKilowattHours": "facility_kwh", "informationTechnologyPowerWatts": "it_mean_power_w",
    "acceleratorPowerWatts": "accelerator_mean_power_w", "powerUsageEffectiveness": "pue",
  ])
}

extension CostResults: DocumentKeys {
  package static let keys = DocumentNames(
    [
      "dollarsPerHour": "usd_per_hour", "dollarsPerMonth": "usd_per_month",
      "dollarsPerYear": "usd_per_year", "total": "total_usd", "perMillionTokens": "usd_per_mtok",
      "perRequest": "usd_per_request",
    ], whole: ["total"])
}

extension CostResults.Line: DocumentKeys {
  package static let keys = DocumentNames(
    ["unitPrice": "unit_price_usd", "cost": "cost_usd"], whole: ["quantity", "unitPrice", "cost"])
}

extension CostResults.Bill: DocumentKeys {
  package static let keys = DocumentNames([
    "acceleratorsPerUnit": "gpus_per_unit", "serving": "gpus_serving", "spare": "gpus_spare",
    "unused": "gpus_unused", "dollarsPerUnitHour": "usd_per_unit_hour",
  ])
}

extension APIResults: DocumentKeys {
  package static let keys = DocumentNames([
    "dollarsPerRequest": "usd_per_request", "breakEvenRate": "break_even_req_s",
    "isOwnCheaper": "own_is_cheaper", "fullDollarsPerRequest": "own_usd_per_request_when_full",
  ])
}

extension PredictionIntervals: DocumentKeys {
  package static let keys = DocumentNames([
    "outputRate": "output_tok_s", "outputRatePerAccelerator": "output_tok_s_per_gpu",
    "meanTimeToFirstToken": "ttft_ms_mean", "medianTimeToFirstToken": "ttft_ms_p50",
    "medianTimePerOutputToken": "tpot_ms_p50", "blendedPrice": "usd_per_mtok_blended",
  ])
}
