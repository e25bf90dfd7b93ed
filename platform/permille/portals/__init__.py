"""Portals: home, search, help and the public texts, and one Blueprint per region from one factory."""
