"""Property tests run on shared machines: an example may be slow without being wrong."""

from hypothesis import settings

settings.register_profile("lantern", deadline=None)
settings.load_profile("lantern")
