"""Vacancies: seats nobody holds, the calls that are open for them, and the record of how each was filled."""
