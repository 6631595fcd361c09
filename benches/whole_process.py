#!/usr/bin/env python3
"""The whole program beside two yardsticks on any folder: wc -w, and unicode_sentences over the same files.

    cargo build --release --bins --examples && python3 benches/whole_process.py FOLDER [ROUNDS [MEGABYTES]]

With MEGABYTES the folder's files are repeated, in a temporary folder, until they are that much. Runs take turns, so that a busy moment harms all alike; medians are printed, each line's CPU time against unicode_sentences, and how much faster two jobs are than one, by turns.
"""
import os, shutil, statistics, sys, tempfile, time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(command):
    """Wall seconds, CPU seconds and peak memory in MB of one run."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_RDWR)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    if status not in (0, 3 << 8):
        sys.exit(f"{' '.join(command)}: failed with status {status}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def repeated(folder, megabytes, into):
    """The files of a folder, copied under new names until they make up so many megabytes."""
    first = os.path.join(into, "0")
    os.makedirs(into)
    shutil.copytree(folder, first)
    files = sorted(os.path.relpath(os.path.join(d, f), first) for d, _, names in os.walk(first) for f in names)
    size, copy = sum(os.path.getsize(os.path.join(first, f)) for f in files), 1
    while size < megabytes * 1e6:
        for name in files:
            if size >= megabytes * 1e6:
                break
            place = os.path.join(into, str(copy), name)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            shutil.copyfile(os.path.join(first, name), place)
            size += os.path.getsize(place)
        copy += 1
    return into


def main(folder, rounds, megabytes=None):
    if megabytes:
        with tempfile.TemporaryDirectory() as into:
            return main(repeated(folder, megabytes, os.path.join(into, "text")), rounds)
    files = [os.path.join(d, f) for d, _, names in os.walk(folder) for f in names]
    size = sum(map(os.path.getsize, files)) / 1e6
    built = os.path.join(HERE, "target", "release")
    out = tempfile.mkdtemp()
    extract = [os.path.join(built, "onrecord"), "extract", folder, "--quiet", "-o", os.path.join(out, "tables"), "--jobs"]
    commands = {
        "wc -w": ["sh", "-c", 'find "$0" -type f -print0 | xargs -0 wc -w', folder],
        "unicode_sentences": [os.path.join(built, "examples", "unicode_sentences"), folder],
        "onrecord --jobs 1": extract + ["1"],
        "onrecord --jobs 2": extract + ["2"],
    }
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            shutil.rmtree(os.path.join(out, "tables"), ignore_errors=True)
            runs[name].append(run(command))
    shutil.rmtree(out)
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in runs.items()}
    yardstick = medians["unicode_sentences"][1]
    print(f"{len(files)} files, {size:.2f} MB, medians of {rounds}")
    print(f"{'':20}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'MB/CPU s':>10}{'CPU ratio':>11}")
    for name, (wall, cpu, peak) in medians.items():
        print(f"{name:20}{wall:9.3f}{cpu:9.3f}{peak:9.1f}{size / max(cpu, 1e-9):10.1f}{cpu / max(yardstick, 1e-9):11.2f}")
    pairs = zip(runs["onrecord --jobs 1"], runs["onrecord --jobs 2"])
    print(f"two jobs are {statistics.median(one[0] / two[0] for one, two in pairs):.2f} times as fast as one")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5, float(sys.argv[3]) if len(sys.argv) > 3 else None)
