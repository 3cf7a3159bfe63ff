#!/bin/bash
# tokencost 0.1.26: a long prompt is priced as a short one, though its table holds the long price.
#
# Guess: the price table has `input_cost_per_token` and `input_cost_per_token_above_200k_tokens` for a
# model, so calculate_cost_by_tokens(400_000, model, "input") takes the second. litellm 1.110.2, whose
# table has the same keys, does: 1.00 dollar for the same prompt.
#
# Seen: the keys with `above` in their name are read by nothing. 400,000 tokens to gemini-2.5-pro cost
# 0.50 dollars, all at 1.25 dollars a million, where its own table says 2.50 above 200,000: 1.00. The
# tokens of an answer have the same fault, and cannot do better: they are priced in a call of their
# own, which is not told how long the prompt was, and that is what their higher price depends on.
#
# Why it matters: agents and long documents are where serving a model oneself is compared with buying
# tokens, and there the price bought at is up to half of the real one: a break-even drawn from these
# figures comes out in favour of the provider.
#
# Package: tokencost 0.1.26. On starting it may fetch newer prices; the table is the one in use.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install tokencost==0.1.26

cat >"$folder/prices.py" <<'PYTHON'
import sys

from tokencost import calculate_cost_by_tokens
from tokencost.constants import TOKEN_COSTS

MODEL, PROMPT, ANSWER = "gemini-2.5-pro", 400_000, 1_000


def main():
    prices = TOKEN_COSTS[MODEL]
    ratios = []
    for side, tokens in (("input", PROMPT), ("output", ANSWER)):
        short = prices[f"{side}_cost_per_token"]
        long = prices.get(f"{side}_cost_per_token_above_200k_tokens")
        if long is None or long <= short:
            sys.exit(f"CANNOT TELL: the table has no higher {side} price above 200,000 tokens")
        charged = float(calculate_cost_by_tokens(tokens, MODEL, side))
        ratios.append(charged / (tokens * long))
        print(f"{MODEL}, {side} of {tokens:,} tokens, prompt of {PROMPT:,}: charged {charged:.4f} dollars; "
              f"table {1e6 * short:g} a million, {1e6 * long:g} above 200,000, so {tokens * long:.4f}")
    if max(ratios) > 0.99:
        sys.exit("CHANGED: a long prompt is charged at the price of long prompts")


main()
PYTHON
timeout 60 "$folder/venv/bin/python" -W ignore "$folder/prices.py" 2>&1 | { grep -v -i 'fail' || true; }
