"""The virtual environment that the peers are installed in."""

import os
import pathlib
import shutil
import subprocess
import sys

from command_line import ROOT

REQUIREMENTS = ROOT / "Tools/peers/requirements.txt"
TORCH = "2.13.0"
# The builds without CUDA; where they cannot be had, the usual ones of PyPI do, and take gigabytes.
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"


def folder():
    """Where the environment is, or will be."""
    named = os.environ.get("STATICGRAPH_PEERS_ENVIRONMENT")
    return pathlib.Path(named) if named else ROOT / ".venv-peers"


def python():
    return folder() / "bin/python"


def has_packages():
    """Whether everything is installed that the rows need."""
    modules = "tensorflow", "torch", "jax", "onnxruntime", "onnx"
    finding = "import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, %r)))"
    return python().exists() and not subprocess.run([python(), "-c", finding % (modules,)]).returncode


def make():
    """Makes the environment, unless it is there; throws what goes wrong."""
    if has_packages():
        return
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        raise OSError("the peers need Python 3.10 to 3.13")
    print(f"making {folder()} with the peers; this downloads about 700 MB", file=sys.stderr)
    if not python().exists():
        subprocess.run([sys.executable, "-m", "venv", folder()], check=True)
    install("--requirement", REQUIREMENTS)
    try:
        install(f"torch=={TORCH}+cpu", "--extra-index-url", TORCH_INDEX)
    except subprocess.CalledProcessError:
        install(f"torch=={TORCH}")


def install(*arguments):
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True, stdout=sys.stderr)


def has_compiler():
    """Whether there is the C++ compiler that torch.compile calls."""
    return any(map(shutil.which, (os.environ.get("CXX", "g++"), "g++", "clang++")))
