"""Starts a build from a process so small that it does not count in the build's peak memory, and notes what it took.

    python -I -S launch.py NOTE WORD…

The kernel counts the memory of the process that starts a program towards that program's peak; a benchmark that has
written a corpus is larger than some builds.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the words to their end and write exit code, CPU seconds, wall seconds and peak KiB to the note."""
    note, *words = sys.argv[1:]
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.execv(words[0], words)  # noqa: S606
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - began
    with open(note, "w", encoding="utf-8") as file:
        json.dump((os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss), file)


main()
