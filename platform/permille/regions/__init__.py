"""Regions: the world regions of the Initiative. A region is data; see `regions/` at the root."""
