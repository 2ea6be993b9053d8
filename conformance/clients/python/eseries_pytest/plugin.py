"""The plugin of pytest: the fixtures eseries_simulator and eseries_array."""

import os

import pytest

from .array import Array
from .simulator import Simulator


def pytest_addoption(parser):
    parser.addoption(
        "--eseries-simulator",
        default=os.environ.get("ESERIES_SIMULATOR", "npx eseries-simulator"),
        help="the command line that starts the simulator (npx eseries-simulator)",
    )


@pytest.fixture(scope="session")
def eseries_simulator(pytestconfig):
    """The program, started once in a session."""
    simulator = Simulator(pytestconfig.getoption("--eseries-simulator"))
    yield simulator
    simulator.close()


@pytest.fixture
def eseries_array(eseries_simulator):
    """An array of this test only."""
    array = eseries_simulator.new_array()
    yield array
    array.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    array = getattr(item, "funcargs", {}).get("eseries_array")
    if report.when == "call" and report.failed and isinstance(array, Array):
        report.sections.append(("requests to the array %s" % array.id, told(array)))


def told(array):
    """The last requests, a line each, and the fault rules with their hits."""
    requests = ["%(method)s %(url)s -> %(status)s" % entry for entry in array.journal()]
    rules = ["fault %s: %d hits" % (rule["id"], rule["hits"]) for rule in array.faults()]
    return "\n".join(requests + rules) or "none"
