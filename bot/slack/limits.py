"""Slack's limits on what may be sent, in characters or in pieces; the one place they are written.

Source: Slack's Block Kit and Web API reference. `MESSAGE_TEXT_TOTAL` is not documented as an exact
number: Slack answers `msg_blocks_too_long` somewhere above it.
"""

# Surfaces, in blocks
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100  # a modal or the Home tab

# Surfaces, in characters or bytes
FALLBACK_TEXT = 4000
MESSAGE_TEXT_TOTAL = 11_000
VIEW_TITLE = 24  # title, submit and close alike
PRIVATE_METADATA = 3000
VIEW_BYTES = 250_000

# Ids
ACTION_ID = 255
BLOCK_ID = 255
CALLBACK_ID = 255

# Blocks
HEADER_TEXT = 150
SECTION_TEXT = 3000
SECTION_FIELDS = 10
FIELD_TEXT = 2000
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3000  # a text object's own limit: Slack names none for context
ACTIONS_ELEMENTS = 25
INPUT_LABEL = 2000
INPUT_HINT = 2000
IMAGE_URL = 3000
IMAGE_ALT = 2000
IMAGE_TITLE = 2000

# Elements
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
BUTTON_URL = 3000
PLACEHOLDER = 150
TEXT_INPUT = 3000  # max_length, min_length, and so the initial value
SELECT_OPTIONS = 100
SELECT_GROUPS = 100
GROUP_LABEL = 75
BOX_OPTIONS = 10  # checkboxes and radio buttons
OVERFLOW_OPTIONS = 5
OVERFLOW_OPTIONS_LEAST = 2  # one choice is a button, and Slack refuses it as a menu
OPTION_TEXT = 75
OPTION_VALUE = 75
OPTION_DESCRIPTION = 75
NUMBER_DIGITS = 20  # ours: no number in a form is longer
FILES = 10  # in one file input
FILE_TYPES = 20  # ours

# Confirmation dialogs
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# Calls
OPEN_DM_PEOPLE = 8  # conversations.open, Lantern itself not counted
HISTORY_PAGE = 200  # what we ask of conversations.history at a time (999 is Slack's most)
USERS_PAGE = 500  # of users.list; Slack advises 200 and takes 1,000, and lets 20 calls a minute
MEMBERS_PAGE = 500  # of conversations.members, the same
LISTING_WAIT = 60  # seconds that a listing waits for its next page when Slack asks it to
LISTING_WAITS = 5  # in a row, for one page

# Files
FILE_ALT = 1000
DOWNLOAD_BYTES = 5_000_000  # ours: a list of people is far smaller
FILE_SECONDS = 30  # for the bytes of one file, either way
