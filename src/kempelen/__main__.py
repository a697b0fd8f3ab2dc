"""`python -m kempelen` is the command `kempelen`."""

from kempelen.cli.main import run

if __name__ == "__main__":
    run()
