"""Foundation: the seams to the libraries. Nothing here knows what a task force is."""
