"""`permille serve`, `permille work` and `permille run`: the server, the worker, and both at once."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from types import FrameType

import click
from flask import Flask

from permille.cli.demonstration import PASSWORD, has_demonstration, load_demonstration
from permille.cli.housekeeping import keep_house
from permille.cli.listening import free_port
from permille.cli.opening import opened
from permille.cli.safety import unsafe
from permille.consultations.reminding import remind_in_time
from permille.exclusions.running_out import end_in_time
from permille.foundation import mail, outbox
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.mandates.employers import ask_moved_holders
from permille.migrations import running
from permille.objectives.loading import load_strategy
from permille.objectives.reading import read_strategy
from permille.vacancies.closing import close_calls_in_time
from permille.vacancies.reminding import remind_of_calls

IDLE_SECONDS = 1.0
PATIENCE_SECONDS = 10.0
HOUSEKEEPING = timedelta(hours=1)


@click.command()
@click.option("--port", default=lambda: os.environ.get("PORT", "8000"), help="Where to listen; PORT or 8000.")
@click.option("--host", default="127.0.0.1", help="Which address to listen on.")
@click.option("--demonstration", is_flag=True, help="Serve even though demonstration accounts are there.")
def serve(port: str, host: str, demonstration: bool) -> None:
    """Serve the platform. Refuses to start with demonstration accounts unless told that it is one."""
    free_port(host, port)
    with opened() as app:
        _refuse_unready(app, is_demonstration=demonstration or app.config["DEMONSTRATION"])
    told = {"PERMILLE_DEMONSTRATION": "1"} if demonstration else {}
    os.execvpe(sys.executable, server_command(host, port), {**os.environ, **told})  # noqa: S606 (this very Python)


def server_command(host: str, port: str) -> list[str]:
    """Return the command line of the server: two workers of four threads, which slow readers cannot starve."""
    options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    options += ["--respawn-failed-workers", "--host", host, "--port", port]
    options += ["--http1-header-read-timeout", "10000"]
    return [sys.executable, "-m", "granian", *options, "--factory", "permille.app:create_app"]


def _refuse_unready(app: Flask, *, is_demonstration: bool) -> None:
    if not running.is_at_head(db.engine):
        raise click.ClickException("The database is not up to date. Run: permille db upgrade")
    if is_demonstration:
        return
    reasons = list(unsafe(app))
    if has_demonstration(db.session):
        reasons.append(
            "Demonstration accounts are in this database, and everyone knows their password. "
            "Run: permille demo remove. Or, if this is a demonstration: permille serve --demonstration"
        )
    if reasons:
        raise click.ClickException("\n".join(reasons))


@click.command()
def work() -> None:
    """Deliver mail and keep house until told to stop. Several may run at once."""
    stop = _told_to_stop()
    with opened() as app:
        kept_house = now() - HOUSEKEEPING
        while not stop.is_set():
            try:
                if now() - kept_house >= HOUSEKEEPING:
                    keep_house()
                    remind_in_time(db.session)
                    close_calls_in_time(db.session)
                    remind_of_calls(db.session)
                    ask_moved_holders(db.session)
                    end_in_time(db.session)
                    kept_house = now()
                busy = outbox.work_once(db.engine, mail.deliver)
            except Exception:  # noqa: BLE001, RUF100 (the database may be gone for a while; the worker stays)
                app.logger.exception("the worker could not reach the database")
                db.session.rollback()
                busy = False
            if not busy:
                stop.wait(IDLE_SECONDS)


@click.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Set everything up and run a demonstration on this machine, until Ctrl-C."""
    os.environ["PERMILLE_DEMONSTRATION"] = "1"
    port = free_port("127.0.0.1", os.environ.get("PORT", "8000"))
    with opened() as app:
        running.upgrade(db.engine)
        load_strategy(db.session, read_strategy())
        db.session.commit()
        load_demonstration(db.session)
        db.session.commit()
    where = app.config["MAIL_URL"]
    click.echo(f"The platform:  {app.config['BASE_URL']}")
    click.echo(f"Its mails:     {where.removeprefix('folder:')}")
    click.echo(f"Sign in as secretary@demo.example with the password: {PASSWORD}. Ctrl-C stops everything.")
    stop = _told_to_stop()
    commands = (server_command("127.0.0.1", port), [sys.executable, "-m", "permille.cli", "work"])
    # In sessions of their own: Ctrl-C reaches only this process, and each child is told to end exactly once.
    children = [subprocess.Popen(one, start_new_session=True) for one in commands]  # noqa: S603 (our own commands)
    while not stop.wait(0.2) and all(child.poll() is None for child in children):
        pass
    for child in children:
        child.terminate()
    for child in children:
        _wait_for(child)
    context.exit(0 if stop.is_set() else 1)


def _wait_for(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _told_to_stop() -> threading.Event:
    """Return an event that Ctrl-C, a closed terminal or a service manager sets; told twice is told once."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(told, end)
    return stop
