"""Migrations: how the database changes from one release to the next, and back."""
