"""python -m data.samples OUT_DIR [--seed N] [--scale X]: write the sample's files."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.samples import generate


def main() -> None:
    """Read the command line, write, and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m data.samples", description="Write two years of an invented company's exports.")
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is about 30,000 tickets")
    wanted = parser.parse_args()
    for path in generate(wanted.out_dir, wanted.seed, wanted.scale):
        print(path)


if __name__ == "__main__":
    main()
