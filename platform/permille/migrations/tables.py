"""Every module that holds tables, so that migrations know them all."""

from permille.complaints import models as complaints
from permille.consultations import models as consultations
from permille.exclusions import models as exclusions
from permille.foundation import audit, audit_chain, kept_forms, limits, outbox, settings, site
from permille.nominations import models as nominations
from permille.notifications import models as notifications
from permille.objectives import models as objectives
from permille.people import models as people
from permille.secretariat import models as secretariat
from permille.sheets import models as sheets
from permille.taskforces import models as taskforces
from permille.vacancies import models as vacancies
from permille.vacancies import record

tables = (
    audit,
    audit_chain,
    kept_forms,
    limits,
    outbox,
    settings,
    site,
    notifications,
    objectives,
    people,
    secretariat,
    taskforces,
    exclusions,
    vacancies,
    record,
    consultations,
    nominations,
    complaints,
    sheets,
)
