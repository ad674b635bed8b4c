"""The sample facts, and words and names that try to break out."""

from bot.ops.samples.cast import Samples
from bot.services.library import Library

EVALUATED = str(7919 * 7)  # what the braces in HOSTILE would come to
HOSTILE = "<!channel> & <script>*_~ `x` \"'{{ 7919 * 7 }}\u202e ]]> &lt;\n"
EMOJI = "🎉"
LIBRARY = Library.load()


def hostile(text: str) -> str:
    """What somebody typed who wants to be markup: as long as Slack lets them."""
    return HOSTILE + EMOJI * (3000 - len(HOSTILE))


def hostile_name(text: str) -> str:
    """A display name as long as Slack lets it be."""
    return ("<!here>&*Ana*" + EMOJI * 80)[:80]


BELIEVABLE_FACTS = Samples(LIBRARY)
HOSTILE_FACTS = Samples(LIBRARY, hostile, hostile_name)
