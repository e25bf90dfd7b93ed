"""Mail leaves only to a server that is the one it says it is."""

import socket
import ssl
import subprocess
import threading

import pytest
from sqlalchemy import select

from permille.foundation import mail, outbox
from permille.foundation.database import db
from permille.foundation.outbox import Job
from tests.foundation.test_outbox import write


def test_a_server_with_a_certificate_nobody_signed_is_given_no_mail(app, tmp_path):
    certificate = tmp_path / "own.pem"
    command = (
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    )
    subprocess.run(
        [*command, "-keyout", str(certificate), "-out", f"{certificate}.crt"], check=True, capture_output=True
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(f"{certificate}.crt", certificate)
    write(app)
    with socket.create_server(("127.0.0.1", 0)) as server:
        app.config["MAIL_URL"] = f"smtps://127.0.0.1:{server.getsockname()[1]}"
        refused = threading.Thread(target=greet, args=(server, context))
        refused.start()
        with app.app_context():
            outbox.work_once(db.engine, mail.deliver)
            job = db.session.scalars(select(Job)).one()
            assert job.done_at is None and "CERTIFICATE_VERIFY_FAILED" in job.error
        refused.join()


def greet(server, context):
    """Offer a certificate to the first who comes; they are expected to turn away."""
    connection, _address = server.accept()
    with connection, pytest.raises(ssl.SSLError):
        context.wrap_socket(connection, server_side=True)
