"""Prices a file of positions on a Dask cluster: price.py SCHEDULER FILE [COMMAND...] > PRICED

Every worker must be able to read FILE, and to run COMMAND (by default: liqcalc).
"""
import os
import subprocess
import sys
from distributed import Client

PART_BYTES = int(os.environ.get("PART_BYTES", 4 << 20))
SOME_RECORDS_FAILED = 65  # they have an "error" in their place: data, not a failure of the part


def parts(path):
    """The places of parts that end with a line; the first begins after the header of CSV."""
    with open(path, "rb") as file:
        header = file.readline() if path.endswith(".csv") else b""
        start = file.tell()
        while file.seek(min(start + PART_BYTES, os.path.getsize(path))) > start:
            file.readline()
            yield header, start, file.tell()
            start = file.tell()


def priced(part, path, command):
    header, start, end = part
    with open(path, "rb") as file:
        file.seek(start)
        records = file.read(end - start)
    form = "csv" if header else "ndjson"
    run = subprocess.run([*command, "batch", "-q", "--input", form], input=header + records, stdout=subprocess.PIPE)
    if run.returncode not in (0, SOME_RECORDS_FAILED):
        raise RuntimeError(f"liqcalc ended with {run.returncode}")
    return run.stdout


def main(scheduler, path, *command):
    with Client(scheduler) as client:
        tasks = client.map(priced, list(parts(path)), path=path, command=command or ("liqcalc",))
        for index, task in enumerate(tasks):
            answers = task.result()
            is_repeated = index > 0 and path.endswith(".csv")
            sys.stdout.buffer.write(answers.split(b"\n", 1)[1] if is_repeated else answers)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
