"""What the Python scripts of this folder share: their root, their options, their exit codes."""

import argparse
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRATCH = ROOT / os.environ.get("STATICGRAPH_SCRATCH", ".build")

FAILED = 1
WRONG_USAGE = 64
MISSING = 69


class Parser(argparse.ArgumentParser):
    """A parser whose exit code for wrong usage is 64, and whose help is the script's own text."""

    def __init__(self, program, description):
        super().__init__(
            prog=program,
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message):
        self.print_usage(sys.stderr)
        self.stop(WRONG_USAGE, message)

    def stop(self, code, message):
        """Ends the script with a message and an exit code."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(code)

    def add_binaries(self):
        """Adds the option that names the folder of graphc and graphrun."""
        self.add_argument(
            "--binaries",
            type=pathlib.Path,
            default=SCRATCH / "release",
            metavar="DIR",
            help="the folder of graphc and graphrun (default: .build/release)",
        )

    def checked_binaries(self, arguments):
        """The folder of graphc and graphrun; ends the script when they are not there."""
        folder = arguments.binaries.resolve()
        for command in ("graphc", "graphrun"):
            if not os.access(folder / command, os.X_OK):
                self.stop(
                    MISSING,
                    f"there is no {folder / command}; build it with 'swift build -c release', "
                    "or name its folder with --binaries",
                )
        return folder
