#!/bin/bash
# transformers 5.24.0: a key that is overridden while a config loads leaves what was derived from it.
#
# Guess: AutoConfig.from_pretrained(folder, num_attention_heads=64) gives the configuration that the
# same file with "num_attention_heads": 64 in it gives - the head size and the key-value heads are
# not in the file, so they follow from what is asked for.
#
# Seen: overrides are laid over a configuration that is already finished. A Llama of 4,096 wide with
# 32 heads, overridden to 64 heads, keeps the head size of 32 heads, 128, so its queries are twice as
# wide as the model, and it keeps 32 key-value heads, so it has become a grouped-query model; the
# edited file has 64 heads, 64 key-value heads, head size 64. A gpt-oss overridden from 24 to 48 layers
# has 24 entries in `layer_types`. An override that turns the sliding window of a Qwen3 off leaves 18
# of 36 layers sliding in 4,096 tokens. Nothing is said on loading; saved and read again, the gpt-oss
# is refused and the other two are accepted.
#
# Why it matters: shrinking, widening or changing a published model by overrides is how people make
# test models and "what if" models. Whoever sizes weights or the key-value cache from the result prices
# another model than the one described: write the key into config.json instead.
#
# Package: transformers 5.24.0, without torch.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install transformers==5.24.0

cat >"$folder/overrides.py" <<'PYTHON'
import json
import pathlib
import sys
import tempfile

from transformers import AutoConfig

LLAMA = {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32,
         "num_hidden_layers": 32, "intermediate_size": 14336}
GPT_OSS = {"model_type": "gpt_oss", "num_hidden_layers": 24}
QWEN3 = {"model_type": "qwen3", "num_hidden_layers": 36, "use_sliding_window": True,
         "sliding_window": 4096, "max_window_layers": 18}


def load(written, **overrides):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "config.json").write_text(json.dumps(written))
        return AutoConfig.from_pretrained(folder, **overrides)


def heads(config):
    return config.num_attention_heads, config.num_key_value_heads, config.head_dim


def layers(config):
    kinds = config.layer_types
    return config.num_hidden_layers, len(kinds), kinds.count("sliding_attention")


def read_again(config):
    with tempfile.TemporaryDirectory() as folder:
        try:
            config.save_pretrained(folder)
            AutoConfig.from_pretrained(folder)
            return "accepted"
        except Exception as problem:  # any refusal will do
            return f"refused ({type(problem).__name__})"


def main():
    changed = []
    for name, written, override, shape, expected in (
        ("llama, (heads, key-value heads, head size)", LLAMA, {"num_attention_heads": 64}, heads,
         ((64, 32, 128), (64, 64, 64))),
        ("gpt_oss, (layers, layer_types, sliding)", GPT_OSS, {"num_hidden_layers": 48}, layers,
         ((48, 24, 12), (48, 48, 24))),
        ("qwen3, (layers, layer_types, sliding)", QWEN3, {"use_sliding_window": False}, layers,
         ((36, 36, 18), (36, 36, 0))),
    ):
        overridden, edited = load(written, **override), load({**written, **override})
        seen = shape(overridden), shape(edited)
        print(f"{name} with {override}:")
        print(f"  overridden on loading {seen[0]}, saved and read again: {read_again(overridden)}")
        print(f"  written into the file {seen[1]}, saved and read again: {read_again(edited)}")
        if seen != expected:
            changed.append(f"{name}: {seen}, not {expected}")
    if changed:
        sys.exit("CHANGED: " + "; ".join(changed))


main()
PYTHON
TRANSFORMERS_VERBOSITY=error timeout 60 "$folder/venv/bin/python" -W ignore "$folder/overrides.py" 2>&1 |
  { grep -v 'PyTorch was not found' || true; }
