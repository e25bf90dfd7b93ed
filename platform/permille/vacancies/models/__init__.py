"""The records of vacancies."""

from permille.vacancies.models.applications import Application, Evidence, Source, Stage
from permille.vacancies.models.vacancies import Outcome, Step, Vacancy, Watch

__all__ = ["Application", "Evidence", "Outcome", "Source", "Stage", "Step", "Vacancy", "Watch"]
