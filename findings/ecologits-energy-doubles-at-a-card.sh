#!/bin/bash
# ecologits 0.11.3: the energy of a request doubles where a model needs the next power of two of GPUs,
# and 4-bit weights save nothing below that.
#
# Guess: energy grows about in proportion to the parameters - 0.3 % more parameters, 0.3 % more energy
# - and a model in 4 bits takes well under the energy of the same model in 16 bits.
#
# Seen, 500 output tokens, the defaults and a PUE of 1.2: a dense model of 66.6 billion parameters takes
# 0.160 Wh, one of 66.8 billion 0.321 Wh: twice as much. The energy of one GPU that runs the whole
# model is multiplied with the number of 80 GB GPUs which the weights and a fifth more need, rounded
# up to a power of two: 160.3 GB are 3 GPUs, so 4, where 159.8 GB were 2. For the same reason
# 8 billion parameters take exactly the same energy in 16, 8 and 4 bits (one GPU each time), and 70
# billion halve from 16 to 8 bits: the width of the weights acts through the GPU count alone.
#
# Why it matters: whoever compares models or quantisations by these figures compares rounded numbers
# of cards. A factor of two between two neighbouring models, or none between 16 and 4 bits, says
# nothing of their hardware: vary the GPU count and the batch by hand before concluding.
#
# Package: ecologits 0.11.3.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install ecologits==0.11.3

cat >"$folder/energy.py" <<'PYTHON'
import sys

from ecologits.impacts.llm import compute_llm_impacts


def watt_hours(billions, **settings):
    impacts = compute_llm_impacts(
        model_active_parameter_count=billions, model_total_parameter_count=billions,
        output_token_count=500, if_electricity_mix_adpe=0, if_electricity_mix_pe=0,
        if_electricity_mix_gwp=0, if_electricity_mix_wue=0, datacenter_pue=1.2, datacenter_wue=0,
        **settings)
    return 1_000 * impacts.energy.value


def main():
    below, above = watt_hours(66.6), watt_hours(66.8)
    print(f"66.6 billion parameters {below:.3f} Wh, 66.8 billion {above:.3f} Wh: {above / below:.2f} times")
    by_bits = {size: [watt_hours(size, model_quantization_bits=bits) for bits in (16, 8, 4)]
               for size in (8, 70)}
    for size, energies in by_bits.items():
        print(f"{size} billion parameters in 16 / 8 / 4 bits: "
              + " / ".join(f"{energy:.4f}" for energy in energies) + " Wh")
    if not 1.9 < above / below < 2.1:
        sys.exit("CHANGED: the energy no longer doubles from 66.6 to 66.8 billion parameters")
    if len(set(by_bits[8])) != 1:
        sys.exit("CHANGED: the energy of 8 billion parameters depends on the bits of a weight")
    if not 1.9 < by_bits[70][0] / by_bits[70][1] < 2.1:
        sys.exit("CHANGED: 70 billion parameters no longer halve from 16 to 8 bits")


main()
PYTHON
timeout 60 "$folder/venv/bin/python" "$folder/energy.py"
