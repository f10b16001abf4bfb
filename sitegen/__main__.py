"""``python -m sitegen``."""

from sitegen.cli import main

if __name__ == "__main__":  # processes that share the work read this file, too
    main(prog_name="sitegen")
