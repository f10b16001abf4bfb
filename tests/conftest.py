"""Fixtures, and the rule that continuous integration skips nothing."""

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.browser import browser, demonstration, hosted, tab  # noqa: F401 - fixtures
from tests.sites import Project, project


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Project]:
    """A project folder made from a string."""
    return lambda text: project(tmp_path / "project", text)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is set up (``SITEGEN_ALL_TESTS=1``), a test that skips has failed."""
    report = yield
    if os.environ.get("SITEGEN_ALL_TESTS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where it is to be run: {call.excinfo}"
    return report
