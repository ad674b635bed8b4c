"""The app as a thing to install: in one workspace or many, by OAuth, with tokens that expire."""
