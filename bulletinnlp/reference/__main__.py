"""`python -m bulletinnlp.reference FOLDER`."""

import sys
from pathlib import Path

from bulletinnlp.reference import write

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bulletinnlp.reference FOLDER")
    try:
        write(Path(sys.argv[1]))
    except (ModuleNotFoundError, FileExistsError) as error:
        sys.exit(str(error))
