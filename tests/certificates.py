"""Certificates for servers of the tests, made by openssl."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def sign(folder: Path, name: str, *more: str) -> None:
    """A key (``name.key``) and a certificate (``name.pem``) in ``folder``, as ``more`` says."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: it makes the certificates of these tests")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-keyout", f"{name}.key", "-out", f"{name}.pem", *more],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
