/// What is known to be wrong with the predictions, for the page on accuracy.
enum KnownErrors {
  static let all = [
    """
    Time to first token of disaggregated runs is half of what was measured in the median: prompts \
    wait for a place in decoding (Little's law on the rows gives batches of the recipes' size), \
    and how many there are is known for few recipes; routers that go round without looking, and \
    prefill workers that start cold, are not simulated.
    """,
    """
    Runs of NVIDIA's aiconfigurator whose lengths are all equal move in waves: how fast the waves \
    break up decides their time to first token, and the client that does it is not published. Its \
    vLLM points of Qwen3-235B take 1.6 times as long as simulated, and some say one accelerator \
    for a model of two.
    """,
    """
    FP8 multiplications of 17 to 64 rows on Hopper are slower in vLLM 0.10 than the kernels that \
    were timed (Llama-3.3-70B: 33 ms instead of 27 at 32 clients on one H200).
    """,
    """
    No kernel of an AMD machine was timed: their efficiencies are estimates, and what they are \
    off is in the gaps of the engines there. SGLang on the MI300X loses 0.2 ms a layer that way, \
    which DeepSeek-R1 asks for and Qwen3.5 does not. Kimi-K2.5 in int4 on eight MI355X is no \
    faster than on four, which is not simulated.
    """,
    """
    SGLang on Blackwell takes some 80 ms longer to a first token than simulated even with one \
    client, and its recipes' interval of looking for requests is a constant wait here.
    """,
    """
    TensorRT-LLM of 2026 runs all experts of FP4 models in one kernel here. Its disaggregated \
    runs with guesses on GB200 were faster to fit with the kernels of before (14 % now).
    """,
    """
    vLLM keeps the gaps that were fitted to points of before 2026: those that all points ask \
    for make older campaigns worse by more than the newer ones gain.
    """,
    """
    Offline throughput of small mixtures of experts is up to twice too high or half too low: \
    which kernel runs their experts is not published, and one line does not fit all of their \
    shapes.
    """,
    """
    Guessed tokens are right as often as two published runs say (3.55 of 4 on text that repeats \
    itself, 2.5 of 4 behind a chat template), the same for every model, engine and number of \
    clients.
    """,
    """
    Experts are wanted as unequally as one published measurement of DeepSeek-R1 says, whatever \
    the model and the prompts.
    """,
    """
    Settings that a campaign does not publish are the engine's defaults of its profile, not those \
    of the release that was measured. The same configuration drifts by about 5 % between \
    releases.
    """,
    """
    Measurements repeat to 0.65 % in the median and 6 % in one case out of ten; no error below \
    that means anything.
    """,
  ]
}
