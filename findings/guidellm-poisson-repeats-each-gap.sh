#!/bin/bash
# guidellm 0.8.1: `poisson` arrivals come in runs of equal gaps, one gap for every worker process.
#
# Guess: 100 requests at 20 a second under the `poisson` strategy have 99 independent exponential
# gaps, so two neighbouring gaps are practically never equal, and the requests take about 5 s.
#
# Seen: every worker process (10 of them by default) has a generator of its own with the same seed,
# and they take turns. The first gap comes 9 or 10 times in a row, then the second 10 times, and so
# on: 51.00 ms ten times, 1.27 ms ten times, 16.08 ms ten times. 99 gaps hold about ten different
# values, and the whole load took 3.45 s where 5 s were asked for (29 requests a second, not 20).
#
# Why it matters: the load is neither at its rate nor as bursty as a Poisson process: its mean comes
# from ten times fewer draws, and ten arrivals in a row are as close as one draw happens to be. A
# simulator that is given the rate on the command line will not queue as this benchmark did: replay
# the recorded start times of the requests instead. With one worker process the gaps are independent.
#
# Package: guidellm 0.8.1, installed without torch, transformers and datasets, which scheduling does
# not need. The real Scheduler runs with its default settings; the backend answers at once.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install click==8.4.2 culsans==0.10.0 loguru==0.7.3 \
  msgpack==1.2.4 numpy==2.4.6 pydantic==2.14.4 pydantic-settings==2.16.3 PyYAML==6.0.4 \
  more-itertools==11.2.1 typing_extensions==4.16.0 eval_type_backport==0.4.0 httpx==0.28.1 rich==15.0.0 \
  uvloop==0.23.0 websockets==17.4
"$folder/venv/bin/pip" -q --disable-pip-version-check install --no-deps guidellm==0.8.1

cat >"$folder/arrivals.py" <<'PYTHON'
import asyncio
import sys

from guidellm.scheduler import (
    AsyncPoissonStrategy, MaxNumberConstraint, NonDistributedEnvironment, Scheduler)
from guidellm.scheduler.constraints.request import MaxRequestsConstraintArgs
from guidellm.scheduler.schemas.conversation_graph import (
    GenerativeConversationGraph, GenerativeConversationNode)
from guidellm.schemas import GenerationRequest

COUNT, RATE = 100, 20.0


class InstantBackend:
    """Answers at once, so only the strategy decides when a request starts."""

    processes_limit = None
    requests_limit = None
    info = {}

    async def process_startup(self):
        pass

    async def validate(self):
        pass

    async def process_shutdown(self):
        pass

    async def resolve(self, request, request_info, history=None):
        yield None, request_info


def lone_request(number):
    node = GenerativeConversationNode(node_id="only", agent_id="user", request=GenerationRequest())
    return GenerativeConversationGraph(graph_id=str(number), nodes={"only": node})


async def planned_starts():
    starts, workers = {}, set()
    async for _, _, info, _ in Scheduler().run(
        requests=[lone_request(number) for number in range(COUNT)],
        backend=InstantBackend(),
        strategy=AsyncPoissonStrategy(rate=RATE),
        env=NonDistributedEnvironment(),
        max_requests=MaxNumberConstraint(args=MaxRequestsConstraintArgs(count=COUNT)),
    ):
        if info.status == "completed":
            starts[info.request_id] = info.timings.targeted_start
            workers.add(info.scheduler_node_id)
    return sorted(starts.values()), len(workers)


def main():
    starts, workers = asyncio.run(planned_starts())
    gaps = [1_000 * (later - earlier) for earlier, later in zip(starts, starts[1:])]
    equal = sum(abs(one - other) < 0.01 for one, other in zip(gaps, gaps[1:]))
    print(f"{len(starts)} requests of {workers} worker processes, asked for {RATE:g} a second, "
          f"planned over {starts[-1] - starts[0]:.2f} s")
    print("gaps [ms]:", " ".join(f"{gap:.2f}" for gap in gaps[:35]), "...")
    print(f"{equal} of {len(gaps) - 1} gaps equal the one before; independent draws would give 0")
    if len(starts) != COUNT or workers < 2:
        sys.exit(f"CANNOT TELL: {len(starts)} requests of {workers} worker processes came back")
    if equal < 0.6 * (len(gaps) - 1):
        sys.exit("CHANGED: the gaps no longer repeat")


if __name__ == "__main__":
    main()
PYTHON
timeout 90 "$folder/venv/bin/python" -W ignore "$folder/arrivals.py" 2>&1 | { grep -v -e UserWarning -e 'from guidellm' || true; }
