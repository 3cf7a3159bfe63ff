/// What is known to be wrong with the predictions, for the page on accuracy.
enum KnownErrors {
  static let all = [
    """
    Time to first token of disaggregated runs is a third less than measured: prompts wait for a \
    place in decoding (Little's law on the rows gives batches of the recipes' size), and how many \
    there are is known for few recipes; and the decoding that they wait for is 10 to 30 % too fast \
    with DeepSeek-R1 in FP8 on all of NVIDIA's machines. Routers that go round without looking let \
    wait no longer in closed loops of nearly equal lengths (a model of them beside this one); \
    AMD's choose at random, which is not simulated, nor are prefill workers that start cold. \
    SGLang's workers on B200 prefill as if they took one prompt after the other (1,024 tokens in \
    0.2 s beside 64 clients), where one step could have them all.
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
    off is in the gaps of the engines there. SGLang up to 0.5.7 on the MI300X loses 0.28 ms a \
    layer that way; newer releases lose half of it with DeepSeek-R1 and a third with Qwen3.5, and \
    have one gap here. Kimi-K2.5 in int4 on eight MI355X is no faster than on four, and decoding \
    workers of DeepSeek-R1 with attention on every rank of MI355X take 20 to 40 ms a step longer: \
    neither is simulated. Whole experts on the ranks of one attention group cost SGLang's MoRI an \
    exchange of 2 to 6 ms a step there, which is counted with several groups alone. Slower \
    attention of prompts (0.43 of the estimate, fitted with all gaps) brings nearer what is fitted \
    to and takes what is kept back further away.
    """,
    """
    Steps with prompts, whose launches are not captured, take longer than their kernels where \
    those are short, as if the accelerator waited for the host in every layer. That is fitted for \
    vLLM alone (0.7 ms a layer). TensorRT-LLM 1.0 on eight H100 shows it too - a prompt of 1,024 \
    tokens takes 15 ms with Llama-3.1-8B and 29 ms with Qwen3-32B, 0.45 ms a layer with both - but \
    fitted for it and for SGLang (0.74 ms) it takes what is kept back no nearer: 0.168 to 0.169 of \
    weighted error with TensorRT-LLM, 0.138 to 0.134 with SGLang, whose tokens then err by more. \
    SGLang on Blackwell takes some 80 ms longer to a first token even with one client; and a token \
    of an answer of 1,024 takes as much longer than one of 8,192 to the same prompts as 34 to 65 \
    ms for each prompt make (Qwen3.5 in bf16), which are spread over sequences here; on H100 it is \
    the other way round. The interval in which SGLang's recipes look for requests is a constant \
    wait here. DeepSeek-R1 in FP8 is prefilled there at 14,000 to 27,000 tokens/s on eight B200 - \
    0.6 s for a prompt of 8,192 beside eight clients - which the timed kernels do in a third of \
    the time. FP4 is 10 to 25 % faster there than simulated, and both share the gaps; gaps of \
    their own for releases before 0.5.8 take what is kept back from 0.137 to 0.139 of weighted \
    error, and with launches to 0.137.
    """,
    """
    TensorRT-LLM of 2026 runs all experts of FP4 models in one kernel here. DeepSeek-R1 on eight \
    ranks of B200 and GB200 takes 1 ms a step longer than simulated, with and without guesses, \
    where Kimi-K2.5 of the same shape does not.
    """,
    """
    vLLM computes longer than the kernels that were timed, here by one share (0.34) of all kinds \
    of kernels and all machines that were timed: Llama-3.3-70B on one or two accelerators and \
    MiniMax-M2.5 show it most, eight ranks of Hopper not at all, where the sum over the ranks is \
    slower here. Which kernels it had is not published. Experts in one kernel were timed in vLLM \
    itself; without the share there, and with all else fitted anew, gpt-oss-120b on B200 comes \
    nearer (first tokens err by 22 % for 24) and every other mixture goes further away \
    (MiniMax-M2.5 on B200 23 % for 17, all mean times 19.1 for 18.3). Fitted again with the \
    scripts' settings, points of vLLM that are kept back come nearer (a token 4.9 % for 5.1, the \
    mean of first tokens 12.6 for 14.0), and median times go further away (22.9 for 18.4, all of \
    them gpt-oss-120b): the fit before them stands. MiniMax-M2.5 takes 20 to 25 % longer a token \
    in 0.16 and 0.17, whose scripts for B200 turn the experts of FlashInfer and DeepGEMM off, than \
    in 0.18 and 0.19.
    """,
    """
    The front end is the same under every load: vLLM's time to first token rises with the tokens \
    that it streams to all clients (Llama-3.3-70B on eight B200: 84 ms with 4 clients, 263 with \
    64; 88 and 152 simulated), and the time of streaming is not counted. Runs of aiconfigurator \
    with more than some 7,000 tokens/s have first tokens 0.1 to 2 s later than simulated, with \
    TensorRT-LLM as with SGLang; those of InferenceX with 17,000 have not. SGLang's first prompts \
    on a server of MI300X or MI355X take some 4 s, which is in the mean and in no simulation.
    """,
    """
    Power errs by 9.4 % in the median of measurements/power, and by 5.2 % at the speeds that were \
    measured: what is off is mostly the speed of experts on several ranks. Seven more parameters \
    are fitted to it. Steps of vLLM 0.11 with experts spread over eight H100 take 8 to 9 ms longer \
    than simulated, with 8 sequences as with 128, in 48 layers of Llama-4-Scout as in 94 of \
    Qwen3-235B: a time that goes with neither the weights nor the layers. Its steps were planned \
    ahead, which simulated so makes dense models 3 to 6 % faster, further from what was measured. \
    Long contexts of an 8B model draw up to 20 % more than simulated, and no energy of links is \
    told apart.
    """,
    """
    Open loads as measured, with the engine's limits: LMBench on two A100 and two H100 (vLLM \
    of 2025-05, 84 points) errs by 13 % in time to first token and 3.6 % a token, with equal \
    lengths and gaps in the place of its trace; BLIS on H100 (vLLM 0.15, 23 points) by 10 % \
    and 8 %. Nothing is fitted to either. Steps of the latter lose nothing for each sequence, \
    where 22 us are fitted on Hopper to releases that wait for the host.
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
