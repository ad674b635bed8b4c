"""`python -m bot`, and the command `lantern`."""

import gc
import sys

# Nothing that is imported is garbage; looking for some meanwhile takes a quarter of a start.
gc.disable()
# structlog takes Rich where it is there, for tracebacks with everything in them: our log has none.
if not {"rich", "structlog"} & sys.modules.keys():
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
