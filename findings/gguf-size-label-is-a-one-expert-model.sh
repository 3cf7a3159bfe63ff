#!/bin/bash
# gguf 0.19.0: the size label of a mixture of experts is neither its experts nor its total.
#
# Guess: in a label such as "8x7B", which GGUF files carry as general.size_label and in their names,
# the second number is one expert, so the product is about the number of parameters (Mixtral: 58 of
# 46.7 billion, as all of the model outside the experts is counted eight times).
#
# Seen: the number is one expert plus everything that is not an expert, and for today's models the
# product is far off. DeepSeek-V3 becomes "256x20B", a product of 5,120 billion where it has 671: its
# expert is 2.6 billion and 17 are shared. Qwen3-30B-A3B becomes "128x1.8B", 230 billion for 30.5.
# Nor is it what a token reads: 1.8 billion where eight experts and the rest are 3.4.
#
# Why it matters: a tool that takes the size of a model out of the label, to fit it on GPUs or to price
# it, is wrong more than sevenfold for either; the label does not allow to get the total or the active
# parameters back. Count the tensors instead, which the same file lists.
#
# Package: gguf 0.19.0. Its writer is given the names and shapes of the models' tensors, no data.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install gguf==0.19.0

cat >"$folder/labels.py" <<'PYTHON'
import math
import sys

import numpy
from gguf import GGUFWriter, size_label


def attention(hidden, heads, kv_heads, size):
    return {"attn_q": (heads * size, hidden), "attn_k": (kv_heads * size, hidden),
            "attn_v": (kv_heads * size, hidden), "attn_output": (hidden, heads * size)}


def feed_forward(hidden, width, suffix="", count=()):
    return {f"ffn_gate{suffix}": (*count, width, hidden), f"ffn_up{suffix}": (*count, width, hidden),
            f"ffn_down{suffix}": (*count, hidden, width)}


def experts(hidden, width, count):
    return {"ffn_gate_inp": (count, hidden), **feed_forward(hidden, width, "_exps", (count,))}


def model(vocabulary, hidden, blocks):
    shapes = {"token_embd.weight": (vocabulary, hidden), "output.weight": (vocabulary, hidden)}
    for number, block in enumerate(blocks):
        shapes |= {f"blk.{number}.{name}.weight": shape for name, shape in block.items()}
    return shapes


LATENT = {"attn_q_a": (1536, 7168), "attn_q_b": (128 * 192, 1536), "attn_kv_a_mqa": (576, 7168),
          "attn_kv_b": (128 * 256, 512), "attn_output": (7168, 128 * 128)}
MODELS = {
    "Mixtral-8x7B": model(32000, 4096, [
        attention(4096, 32, 8, 128) | experts(4096, 14336, 8)] * 32),
    "Qwen3-30B-A3B": model(151936, 2048, [
        attention(2048, 32, 4, 128) | experts(2048, 768, 128)] * 48),
    "DeepSeek-V3": model(129280, 7168, [LATENT | feed_forward(7168, 18432)] * 3 + [
        LATENT | feed_forward(7168, 2048, "_shexp") | experts(7168, 2048, 256)] * 58),
}
EXPECTED = {"Mixtral-8x7B": "8x7.2B", "Qwen3-30B-A3B": "128x1.8B", "DeepSeek-V3": "256x20B"}


def main():
    changed = []
    for name, shapes in MODELS.items():
        writer = GGUFWriter(path=None, arch="llama")
        for tensor, shape in shapes.items():
            writer.add_tensor_info(tensor, shape, numpy.dtype(numpy.float16), 2 * math.prod(shape))
        counts = writer.get_total_parameter_count()
        total, shared, expert, count = counts
        label = size_label(*counts)
        product = count * float(label.split("x")[1].removesuffix("B"))
        print(f"{name}: label {label}, a product of {product:.0f} billion; {total / 1e9:.1f} billion "
              f"parameters, of which {shared / 1e9:.2f} shared and {expert / 1e9:.2f} for each of "
              f"{count} experts")
        if label != EXPECTED[name]:
            changed.append(f"{name} is now {label}, not {EXPECTED[name]}")
    if changed:
        sys.exit("CHANGED: " + "; ".join(changed))


main()
PYTHON
timeout 60 "$folder/venv/bin/python" "$folder/labels.py"
