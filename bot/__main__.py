"""`python -m bot`, and the command `lantern`."""

import gc

# Nothing that is imported is garbage; looking for some meanwhile takes a quarter of a start.
gc.disable()
from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
