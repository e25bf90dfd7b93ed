"""Notifications: what happened that concerns somebody, told on a page of theirs and by mail.

The border: this package keeps what happened and says it. Who is told is decided by the package where it
happened, in the transaction of the change.
"""
