/// How a card of accuracy is made, for its page.
enum ValidateMethod {
  static let all = [
    """
    Each point is simulated as it was measured: model, machines, engine, number formats, layout, \
    lengths, clients or rate, and the finite run with its ramp-up and drain. What a campaign set \
    beyond that is taken from its own scripts (`Sources/Validation/Campaigns`). Seed 1; no point \
    is left out, those that cannot be simulated are listed.
    """,
    """
    The error of a figure is predicted / measured - 1. TPOT is the median over requests where \
    that was measured, else the mean; throughput is that of output tokens where that was \
    measured, else of all tokens, per GPU.
    """,
    """
    Median, mean and p90 are of the absolute errors. The bias is the median of the signed ones: \
    half of the predictions lie above it. A quantile q of n values lies at position (n - 1) q, \
    interpolated.
    """,
    """
    Deployments: "aggregated" has closed and open loads without speculation, "aggregated, \
    offline" has all requests there at the start, "disaggregated" is without speculation, "with \
    MTP" is every point that guesses ahead.
    """,
    """
    Reported apart, and in no other figure: points of grade B, and engines of before 2025 \
    (TensorRT-LLM before 0.18, or measured in 2024).
    """,
    """
    "Datasheet only" uses no measurement: kernels at the peaks and without floors, links at their \
    latency and bandwidth, no host time. "Kernel-calibrated" has kernels and collectives as they \
    were timed alone, and nothing fitted to serving points: no host times, gaps or front ends. \
    "Fully calibrated" is the program as it is.
    """,
    """
    The worst points are those with the largest |ln(predicted / measured)| of TPOT, of throughput \
    where that was not measured.
    """,
  ]
}
