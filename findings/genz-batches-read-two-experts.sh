#!/bin/bash
# genz-llm 0.0.16: a batch of a mixture of experts reads the experts of one token.
#
# Guess: 64 tokens of Mixtral-8x7B choose two of eight experts each, so nearly surely all eight are
# read in a decode step: 8 (1 - (3/4)^64) = 8.0. The feed-forwards of a step, which are bound by memory
# at this batch, take about four times as long as for one token, and at least what it takes to read
# half of the experts on each of two H100: 45.1 GB at 3.35 TB/s, 13.5 ms.
#
# Seen: 3.62 ms for 64 tokens and 3.54 ms for one, 1.02 times. The experts that a token does not choose
# are layers of no columns, at any batch, so a step with 64 tokens takes a quarter of the time in which
# its weights could be read. A dense model of the same package is as expected.
#
# Why it matters: decode throughput of mixtures of experts, for which the package is used to compare
# platforms, is up to (experts / experts of a token) times too high at the batches that are served, four
# times for Mixtral. Only one request at a time is near what is stated.
#
# Package: genz-llm 0.0.16.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install genz-llm==0.0.16

cat >"$folder/experts.py" <<'PYTHON'
import sys
import warnings

warnings.filterwarnings("ignore")
from GenZ import decode_moddeling

HIDDEN, WIDTH, LAYERS, EXPERTS, CHOSEN, GPUS = 4096, 14336, 32, 8, 2, 2
BANDWIDTH = 3.35e12  # of an H100 SXM [B/s]


def feed_forwards(batch):
    """Time of the feed-forwards of a decode step [ms]."""
    step = decode_moddeling(
        model="mistralai/Mixtral-8x7B", batch_size=batch, input_tokens=128, output_tokens=1, Bb=1,
        system_name="H100_GPU", bits="bf16", tensor_parallel=GPUS)
    return float(step["Runtime_breakdown"].FFN)


one, many = feed_forwards(1), feed_forwards(64)
expert = 3 * HIDDEN * WIDTH * 2 * LAYERS / GPUS
hit = EXPERTS * (1 - (1 - CHOSEN / EXPERTS) ** 64)
least = hit * expert / BANDWIDTH * 1e3
print(f"feed-forwards of a step: {one:.2f} ms for one token, {many:.2f} ms for 64, "
      f"{many / one:.2f} times; {hit:.1f} experts are chosen, which take {least:.1f} ms to read")
if not (many / one < 1.1 and many < least / 3):
    sys.exit("CHANGED: more tokens read more experts now")
PYTHON
timeout 60 "$folder/venv/bin/python" "$folder/experts.py"
