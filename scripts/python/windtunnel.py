"""Runs the program that lies beside this file, and gives what it says as dictionaries and frames.

    import windtunnel

    report = windtunnel.run("benchmark/chat", hardware="b200-sxm", set={"workload.requests": 2000})
    report["results"]["tpot_ms"]["p50"]
    windtunnel.frame("sweep", "chat-gpt-oss")     # a row for every case

Options are keyword arguments: `output_tokens=330` is `--output-tokens 330`, `True` stands alone, a
list is given several times, and so is a dictionary as `key=value`.
"""

import csv
import io
import json
import os
import subprocess
import sys

BINARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "windtunnel-program")


class WindtunnelError(RuntimeError):
    """The program's own words, with its exit status in `status`."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


def options(keywords):
    """Keyword arguments as the words of a command line."""
    words = []
    for name, value in keywords.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, dict):
            words += [word for key, each in value.items() for word in (option, f"{key}={each}")]
        elif isinstance(value, (list, tuple)):
            words += [word for each in value for word in (option, str(each))]
        else:
            words += [option, str(value)]
    return words


def execute(command, *arguments, **keywords):
    """Standard output of `windtunnel COMMAND ARGUMENTS OPTIONS`.

    What it notes goes to standard error. A missed requirement (status 2) or a question that no
    deployment can answer (3) is a result; everything else that fails is a `WindtunnelError`.
    """
    words = [BINARY, command, *map(str, arguments), *options(keywords)]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode not in (0, 2, 3) or not done.stdout:
        raise WindtunnelError(done.returncode, done.stderr.strip())
    sys.stderr.write(done.stderr)
    return done.stdout


def report(command, *arguments, **keywords):
    """The document of a command, as `--format json` has it."""
    return json.loads(execute(command, *arguments, format="json", **keywords))


def run(scenario=None, **keywords):
    return report("run", *([scenario] if scenario else []), **keywords)


def compare(scenario=None, **keywords):
    return report("compare", *([scenario] if scenario else []), **keywords)


def explain(scenario=None, **keywords):
    return report("explain", *([scenario] if scenario else []), **keywords)


def rows(command, *arguments, **keywords):
    """The table of a command, as `--format csv` has it: a dictionary a row, numbers as numbers."""
    table = csv.DictReader(io.StringIO(execute(command, *arguments, format="csv", **keywords)))
    return [{name: number(text) for name, text in row.items()} for row in table]


def number(text):
    if text == "":
        return None
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and "." not in text and "e" not in text else value


def frame(command, *arguments, **keywords):
    """The same as a data frame, where pandas is installed."""
    import pandas

    return pandas.DataFrame(rows(command, *arguments, **keywords))


def main():
    os.execv(BINARY, ["windtunnel", *sys.argv[1:]])
