"""Where the server listens: a port that is one, and that is free."""

import errno
import socket

import click


def free_port(host: str, text: str) -> str:
    """Return the port as the server's command takes it.

    Raises `ClickException` when it is no port, or when somebody else listens there.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise click.ClickException(f"{text!r} is no port: use a number from 1 to 65535 (PORT=8000)")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(text)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise click.ClickException(f"Port {text} is in use. Choose another: PORT=8001") from error
            raise click.ClickException(f"Cannot listen at {host}, port {text}: {error.strerror}") from error
    return text
