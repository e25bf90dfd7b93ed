"""Permille: where the regions of the "4 per 1000" Initiative work on its objectives together.

Layers, from the top down; each may import the ones below it and none above::

    cli              the commands of those who run the platform
    app              create_app() puts the parts together
    migrations       how the database changes from release to release
    portals          home, search, help and one Blueprint per region, all from one factory
    secretariat      the desk of the Executive Secretariat
    taskforces       a task force per objective: who belongs to it and how to join
    objectives       goals, objectives and targets of the strategy
    people           persons, organisations and their standing, sign-in
    notifications    what happened that concerns somebody, told on their page and by mail
    regions          the regions, read from data
    foundation       seams to Flask, SQLAlchemy, Babel and htmx; no word of the domain

Down by import, up by link: a package points at one above it only by URL or fills its slots.
"""

__version__ = "0.1.0"
