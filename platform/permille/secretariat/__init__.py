"""The desk of the Executive Secretariat: what waits for a decision, and the audit log."""
