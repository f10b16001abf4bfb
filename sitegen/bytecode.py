"""Compiled templates, kept from one build to the next: compiling takes longer than what an edit renders."""

import contextlib
import hashlib
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class Kept(jinja2.FileSystemBytecodeCache):
    """The code of templates in a folder, as long as neither their text nor the program changes.

    It can be made anew at any time: what cannot be read or written is compiled again.
    """

    def __init__(self, folder: Path, program: bytes, language: str) -> None:
        """``program`` is the digest of the program; the words of a language (BCP 47) are part of the code."""
        super().__init__(str(folder), f"%s.{language}.code")
        self.program = program
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)

    def get_source_checksum(self, source: str) -> str:
        """The digest of a template's text and of the program, whose settings its code depends on."""
        return hashlib.sha256(self.program + source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from the folder, if it is there and whole."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - what a damaged file makes of pickle and marshal is anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the folder, if there is room."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)
