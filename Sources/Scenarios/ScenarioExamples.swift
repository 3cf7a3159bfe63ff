/// Values of the keys that a scenario cannot do without, for who left one out.
///
/// `MissingKeyTests` adds each to a scenario that lacks it.
enum ScenarioExamples {
  static let values = [
    "schema": ScenarioReader.schema, "model": "Qwen/Qwen3-32B", "hardware": "h200-sxm",
    "engine": "vllm", "name": "mine",
    "workload":
      "{arrivals: {process: poisson, rate: 2 req/s}, requests: 1000, input: 2500, output: 330}",
    // Arrivals.
    "arrivals": "{process: poisson, rate: 2 req/s}", "process": "poisson", "rate": "2 req/s",
    "cv": "2", "clients": "64", "swing": "0.5", "file": "trace.csv",
    "stages": "[{rate: 2 req/s, duration: 10 min}, {rate: 6 req/s, duration: 10 min}]",
    "duration": "10 min",
    // Requests.
    "requests": "1000", "share": "0.5", "input": "2500", "output": "330", "tokens": "1000",
    "distribution": "lognormal", "mean": "500", "think_time.mean": "30 s",
    "patience.mean": "10 s", "deadline.mean": "60 s", "think_time.distribution": "exponential",
    "patience.distribution": "exponential", "deadline.distribution": "exponential",
    "mu": "6", "sigma": "1", "minimum": "100", "maximum": "1000",
    "lengths": "[100, 300, 1000]",
    // Conversations and agents.
    "turns": "5", "turns.mean": "5", "compaction.at": "100000", "summary": "2000",
    "failures.share": "0.1",
    "failures.input": "300", "pinned": "30 s",
    // Questions.
    "strategy": "vote", "samples": "16", "verdict": "50", "rounds": "3", "agents": "3",
    "width": "4", "branches": "4", "depth": "5", "texts": "20", "text": "500",
    "against": "samples", "points": "[{at: 1, share: 0.5}, {at: 64, share: 0.8}]",
    "points.at": "64", "points.share": "0.8",
    // A window for what can wait.
    "from": "22 h", "until": "6 h", "in_flight": "64",
    // The deployment.
    "replica": "0", "outages.at": "1 h", "for": "10 min", "restart": "5 min", "chips": "64",
    "pools.prefill": "{replicas: 1}", "pools.decode": "{replicas: 1}",
    "feed_forward.hardware": "groq-lpu", "method": "mtp", "acceptance": "0.7",
    "block": "32", "gather_prompts.tokens": "8192", "steps": "4", "rank": "16",
    "set": "[replicas=2]",
    // What sees and hears.
    "layers": "32", "parameters": "6e8", "media_encoder.width": "1280", "media.tokens": "1024",
  ]
}
