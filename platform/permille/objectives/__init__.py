"""Objectives: the goals, objectives and targets of the strategy, in six languages."""
