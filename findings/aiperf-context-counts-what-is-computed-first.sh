#!/bin/bash
# aiperf 0.13.0: the context of a trace has blocks in it that nobody had computed before.
#
# Guess: `aiperf analyze-trace` splits the prompts of a Mooncake trace into context, which a cache
# without end would hold, and unique prompt, which must be computed. Of ten texts that are asked for
# twice each, one half is context, and the mean unique prompt is half a prompt: 1,024 of 2,048 tokens.
#
# Seen: all of it is context, and the unique prompt is 0 tokens, though the mean hit rate in the same
# table is 0.50. A block counts as context where the trace has it more than once, the first time too.
# Of the published Mooncake conversation trace (12,031 requests) the mean unique prompt is 5,661 tokens
# so, where a cache without end still computes about 7,500.
#
# Why it matters: prefill capacity that is bought for the unique prompts of the table is a quarter too
# small for that trace, before any eviction. Take the hit rates of the table, or count a block's first
# time as computed.
#
# Package: aiperf 0.13.0 (about two minutes to install).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install aiperf==0.13.0

cat >"$folder/trace.py" <<'PYTHON'
import json

for number in range(20):
    first = number % 10 * 4
    print(json.dumps({"timestamp": 1000 * number, "input_length": 2048, "output_length": 100,
                      "hash_ids": list(range(first, first + 4))}))
PYTHON
"$folder/venv/bin/python" "$folder/trace.py" >"$folder/trace.jsonl"
timeout 120 "$folder/venv/bin/aiperf" analyze-trace "$folder/trace.jsonl" \
  --output-file "$folder/report.json" >"$folder/printed.txt" 2>&1 || { cat "$folder/printed.txt"; exit 1; }

"$folder/venv/bin/python" - "$folder/report.json" <<'PYTHON'
import json
import sys

report = json.load(open(sys.argv[1]))
hits = report["hit_rate_stats"]["mean"]
context = report["context_length_stats"]["mean"]
unique = report["unique_prompt_length_stats"]["mean"]
print(f"prompts of 2,048 tokens, each asked for twice: {context:,.0f} tokens of context and {unique:,.0f} "
      f"unique, at a mean hit rate of {hits:.2f}; a cache without end computes 1,024")
if not (hits == 0.5 and context == 2048 and unique == 0):
    sys.exit("CHANGED: the context is not that of all times any more")
PYTHON
