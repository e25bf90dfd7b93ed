"""Asking a member to leave a task force, or suspending them from it: with a reason, a time, and one appeal."""
