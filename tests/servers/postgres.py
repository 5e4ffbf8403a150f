"""A PostgreSQL server of this machine's own package, in a temporary folder, reached by a socket in it or with TLS."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["MISSING", "find_programs", "running_postgres"]

MISSING = "PostgreSQL is not installed: apt-get install postgresql"

# Nobody needs what these tests store; without this, every commit waits for the disk.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=100")


def find_programs() -> Path | None:
    """Return the folder with the programs of the newest PostgreSQL here, None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).resolve().parent if known else None


@contextmanager
def running_postgres(programs: Path, *, on_network: bool = False, certificate: Path | None = None) -> Iterator[str]:
    """Start a server, yield the address of its database, and stop it.

    `on_network`: it is reached by an address of this machine, where it encrypts if there is a `certificate`: a folder
    with `cert.pem` and `key.pem`.
    """
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        # The server refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else None
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [str(programs / program), *arguments],
                user=user,
                cwd=folder,
                check=True,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C"},
            )

        run("initdb", "-D", str(data), "-U", "dossier", "--auth=trust", "-E", "UTF8", "--no-sync")
        settings = [*_SETTINGS, f"unix_socket_directories={folder}"]
        address = f"postgresql://dossier@/postgres?host={folder}"
        if on_network:
            port = _free_port()
            settings += ["listen_addresses=127.0.0.1", f"port={port}"]
            address = f"postgresql://dossier@127.0.0.1:{port}/postgres"
        if certificate is not None:
            settings.append("ssl=on")
            for setting, file in (("ssl_cert_file", "cert.pem"), ("ssl_key_file", "key.pem")):
                copy = Path(shutil.copy(certificate / file, folder))
                copy.chmod(0o600)
                if user is not None:
                    shutil.chown(copy, user)
                settings.append(f"{setting}={copy}")
        options = " ".join(f"-c {setting}" for setting in settings)
        run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield address
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
