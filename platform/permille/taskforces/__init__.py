"""Task forces: one per objective; who belongs to it, in which role, and how to join or leave."""
