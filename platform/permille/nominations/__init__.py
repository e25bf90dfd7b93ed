"""Nominations: one person of the Secretariat proposes, another confirms, the candidate accepts, and takes the office."""
