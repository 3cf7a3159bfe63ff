#!/bin/bash
# guidellm 0.8.1: `poisson` arrivals come in runs of equal gaps, one gap for every worker process.
#
# Guess: 200 arrivals at 20 a second under the `poisson` strategy have independent exponential gaps,
# so two neighbouring gaps are practically never equal, and they take about 10 s.
#
# Seen: every worker process (10 by default) draws from a generator of its own, and all of them start
# from the same seed. The workers take turns - each asks for a time, waits for it, sends and asks
# again - so the first gap comes ten times in a row, then the second ten times, and so on: 51.00 ms
# ten times, 1.27 ms ten times, 16.08 ms ten times. 200 arrivals hold 20 different gaps, and they took
# 6.41 s instead of 10 (31 requests a second, not 20). The whole Scheduler with a backend that answers
# at once planned the same gaps; workers that a busy machine lets start late take fewer turns.
#
# Why it matters: the load is neither at its rate nor as bursty as a Poisson process: its mean comes
# from ten times fewer draws, and ten arrivals in a row are as close as one draw happens to be. A
# simulator that is given the rate on the command line will not queue as this benchmark did: replay
# the recorded start times of the requests instead. With one worker process the gaps are independent.
#
# Package: guidellm 0.8.1, installed without torch, transformers and datasets, which its strategies do
# not need. Ten real processes share the strategy as those of a benchmark do; a barrier takes the
# place of the waiting, so that a busy machine cannot change whose turn it is.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install click==8.4.2 culsans==0.10.0 loguru==0.7.3 \
  msgpack==1.2.4 numpy==2.4.6 pydantic==2.14.4 pydantic-settings==2.16.3 PyYAML==6.0.4 \
  more-itertools==11.2.1 typing_extensions==4.16.0 eval_type_backport==0.4.0 httpx==0.28.1 rich==15.0.0 \
  uvloop==0.23.0
"$folder/venv/bin/pip" -q --disable-pip-version-check install --no-deps guidellm==0.8.1

cat >"$folder/arrivals.py" <<'PYTHON'
import asyncio
import multiprocessing
import sys

from guidellm.scheduler import AsyncPoissonStrategy
from guidellm.settings import settings

RATE, ROUNDS = 20.0, 20


def work(rank, strategy, turn, times):
    async def ask():
        for _ in range(ROUNDS):
            times.put(await strategy.next_request_time(rank))
            turn.wait()

    asyncio.run(ask())


def main():
    workers = settings.max_worker_processes
    context = multiprocessing.get_context(settings.mp_context_type)
    strategy = AsyncPoissonStrategy(rate=RATE)
    strategy.init_processes_timings(
        worker_count=workers, max_concurrency=settings.max_concurrency, mp_context=context)
    strategy.init_processes_start(start_time=0.0)
    turn, times = context.Barrier(workers, timeout=60), context.Queue()
    processes = [context.Process(target=work, args=(rank, strategy, turn, times), daemon=True)
                 for rank in range(workers)]
    for process in processes:
        process.start()
    arrivals = sorted(times.get(timeout=80) for _ in range(workers * ROUNDS))
    for process in processes:
        process.join()

    gaps = [1_000 * (later - earlier) for earlier, later in zip([0.0] + arrivals, arrivals)]
    different = len({round(gap, 3) for gap in gaps})
    print(f"{len(arrivals)} arrivals of {workers} worker processes, asked for {RATE:g} a second, "
          f"over {arrivals[-1]:.2f} s")
    print("gaps [ms]:", " ".join(f"{gap:.2f}" for gap in gaps[:32]), "...")
    print(f"{different} different gaps; independent draws would give {len(gaps)}")
    if different > len(gaps) // 2:
        sys.exit("CHANGED: the worker processes no longer draw the same gaps")


if __name__ == "__main__":
    main()
PYTHON
timeout 90 "$folder/venv/bin/python" -W ignore "$folder/arrivals.py"
