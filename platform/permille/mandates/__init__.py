"""Mandates: offices while they are held, their terms, handing over, renewal, and their end."""
