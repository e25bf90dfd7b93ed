"""People: persons, organisations and their standing, affiliation, sign-in and sessions.

What somebody does in a task force belongs to `taskforces`; this package only knows who they are.
"""
