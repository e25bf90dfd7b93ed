"""Complaints against a nomination: read and answered by others than those who decided."""
