#!/usr/bin/env python3
"""The one door: sets up what is missing, then runs. `python3 run.py help` lists what it can do.

Whatever Python is at hand reads this file, so it keeps to what every Python understands. It looks
for one that fits and goes on in `packaging/door`.
"""

import glob
import os
import platform
import subprocess
import sys

FITTING = ("CPython 3.12", "CPython 3.11")
PROBE = (
    "import platform, sys;"
    "sys.stdout.write('%s %d.%d' % ((platform.python_implementation(),) + sys.version_info[:2]))"
)
NO_PYTHON = """\
receptionist: Python 3.11 or 3.12 is needed; this is Python %d.%d, and no other was found.
  Debian, Ubuntu: sudo apt install python3.12 python3.12-venv   (or the same with 3.11)
  Windows:        winget install Python.Python.3.12
Then give the same command again.
"""


def version_of(command):
    """What `command` really runs; empty when it does not run, as a shim without its Python."""
    nothing = open(os.devnull, "r+")
    try:
        child = subprocess.Popen(
            command + ["-c", PROBE],
            stdin=nothing,
            stdout=subprocess.PIPE,
            stderr=nothing,
        )
        answer = child.communicate()[0]
    except OSError:
        return ""
    finally:
        nothing.close()
    return answer.decode("ascii", "replace").strip() if child.returncode == 0 else ""


def candidates():
    """Commands that may start a fitting Python, the likeliest first."""
    if os.name == "nt":
        return [["py", "-3.12"], ["py", "-3.11"], ["python3"], ["python"]]
    folders = os.environ.get("PATH", "").split(os.pathsep) + ["/usr/local/bin", "/usr/bin"]
    names = ("python3.12", "python3.11", "python3")
    paths = [os.path.join(folder, name) for name in names for folder in folders if folder]
    for root in ("~/.pyenv/versions/3.1[12].*", "~/.local/share/uv/python/cpython-3.1[12].*"):
        paths += glob.glob(os.path.join(os.path.expanduser(root), "bin", "python3"))
    return [[path] for path in paths if os.path.exists(path)]


def hand_over(command):
    """Become `command`; on Windows wait for it and end as it ended."""
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.call(command))


def main():
    """Go on in a Python that fits."""
    here = "%s %d.%d" % ((platform.python_implementation(),) + sys.version_info[:2])
    if here not in FITTING:
        for command in candidates():
            if version_of(command) in FITTING:
                hand_over(command + [os.path.abspath(__file__)] + sys.argv[1:])
        sys.stderr.write(NO_PYTHON % sys.version_info[:2])
        sys.exit(69)
    root = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.join(root, "packaging"))
    from door.commands import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
