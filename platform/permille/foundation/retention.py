"""For how long what people wrote is kept: defaults of settings, told on the privacy page, enforced by the worker."""

from dataclasses import dataclass

YEAR = 365


@dataclass(frozen=True)
class Period:
    """A number of days, and the least an installation may choose."""

    days: int
    least: int = 0


PERIODS = {
    # how long the words and files of an application, with the reasons of its nomination and complaints about that,
    # or the words of an answer, outlive their vacancy
    "KEPT_APPLICATIONS_DAYS": Period(2 * YEAR),
    "KEPT_ANSWERS_DAYS": Period(2 * YEAR),
    # how long it is known that a member was asked to leave or suspended, once that is over; for the least time
    # nobody can join again who was asked to leave, and without the decision nobody would know
    "KEPT_EXCLUSIONS_DAYS": Period(2 * YEAR, least=180),
    # how long the handover note of an office, and why it ended, outlive it: as long as a successor needs the note; for
    # the least time it can still be written, and a little longer
    "KEPT_HANDOVERS_DAYS": Period(2 * YEAR, least=180),
    # how long what shows an affiliation outlives its confirmation, or a claim that was declined and may be objected to
    "KEPT_EVIDENCE_DAYS": Period(90),
    "KEPT_REFUSED_EVIDENCE_DAYS": Period(60),
    # how long an account made from a list waits for its owner, once it holds no office and stands for no seat
    "KEPT_UNCLAIMED_DAYS": Period(180, least=30),
}
"""By setting, without its prefix `PERMILLE_`."""
