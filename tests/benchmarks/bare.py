"""A Bolt app that only acknowledges, on a port: `python -m tests.benchmarks.bare PORT`."""

import logging
import os
import sys

from aiohttp import web

from tests.benchmarks.bare_bolt import bare_app

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    served = bare_app(os.environ["SLACK_SIGNING_SECRET"]).web_app(path="/slack/events")
    web.run_app(
        served, host="127.0.0.1", port=int(sys.argv[1]), print=lambda *_: None, access_log=None
    )
