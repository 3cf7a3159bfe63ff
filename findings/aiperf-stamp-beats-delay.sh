#!/bin/bash
# aiperf 0.13.0: a turn of a trace that has both a time and a delay is sent at its time, and the delay
# is not looked at.
#
# Guess: a row of a Mooncake trace with `session_id`, `timestamp` and `delay` is a later turn of a
# conversation, which comes `delay` milliseconds after the answer before it; its time says when it came
# in the recording.
#
# Seen: with `--fixed-schedule` the time decides. A turn that is stamped 9 s after the first one, with a
# delay of 0.5 s, is sent at 9 s, though the answer before it was there long before; a turn whose answer
# comes later than its time is sent at once. With the delay alone it is sent 0.5 s after the answer.
#
# Why it matters: recordings that keep both replay as they were, and not as fast as a faster server
# allows: the conversation takes as long on any machine, and a benchmark of two machines with such a
# trace compares their latencies under one load and not how long their users wait. Write the delay
# alone where turns shall wait for answers.
#
# Package: aiperf 0.13.0 (about two minutes to install).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install aiperf==0.13.0

"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import sys
from types import SimpleNamespace

from aiperf.common.models.dataset_models import TurnMetadata
from aiperf.dataset.loader.models import MooncakeTrace
from aiperf.timing.strategies.fixed_schedule import FixedScheduleStrategy


class Scheduler:
    """Notes when a turn is sent: seconds of the run, or seconds after the answer."""

    def schedule_at_perf_sec(self, seconds, sending):
        self.said = ("at", seconds)
        sending.close()

    def schedule_later(self, seconds, sending):
        self.said = ("after the answer", seconds)
        sending.close()

    def execute_async(self, sending):
        self.said = ("after the answer", 0.0)
        sending.close()


class Issuer:
    async def issue_credit(self, turn):
        pass


def sent(row):
    """When the second turn of a conversation is sent, whose first one came at 0."""
    turn = TurnMetadata(timestamp_ms=row.timestamp, delay_ms=row.delay)
    scheduler = Scheduler()
    strategy = FixedScheduleStrategy(
        config=SimpleNamespace(), scheduler=scheduler, credit_issuer=Issuer(), stop_checker=None,
        conversation_source=SimpleNamespace(get_next_turn_metadata=lambda credit: turn),
        lifecycle=SimpleNamespace(started_at_perf_sec=0.0))
    credit = SimpleNamespace(
        is_final_turn=False, conversation_id="a", x_correlation_id="a", turn_index=0, num_turns=2,
        agent_depth=0, parent_correlation_id=None, root_correlation_id=None,
        counts_toward_phase_target=True, branch_mode=None, cache_bust_marker=None,
        cache_bust_target=None)
    asyncio.run(strategy.handle_credit_return(credit))
    return scheduler.said


row = {"session_id": "a", "input_length": 300, "output_length": 5, "delay": 500}
both = sent(MooncakeTrace(timestamp=9000, **row))
alone = sent(MooncakeTrace(**row))
print(f"a turn at 9 s with a delay of 0.5 s is sent {both[0]} {both[1]:g} s; "
      f"with the delay alone {alone[1]:g} s {alone[0]}")
if both != ("at", 9.0) or alone != ("after the answer", 0.5):
    sys.exit("CHANGED: the time does not decide any more")
PYTHON
