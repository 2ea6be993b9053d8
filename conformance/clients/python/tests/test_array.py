"""Tries the plugin with a real eseries-simulator."""

import pytest
from eseries_pytest import ArrayError

pytest_plugins = ["pytester"]


def volume(array, name):
    pool = array.get("storage-pools")[0]["id"]
    return array.post("volumes", {"poolId": pool, "name": name, "sizeUnit": "gb", "size": "1", "segSize": 128})


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_an_array_of_its_own(eseries_array, turn):
    volumes = len(eseries_array.get("volumes"))
    volume(eseries_array, "only_one")
    assert len(eseries_array.get("volumes")) == volumes + 1
    assert eseries_array.check() == []


def test_a_fault_rule_is_of_one_array_only(eseries_array, eseries_simulator):
    other = eseries_simulator.new_array()
    eseries_array.fault({"when": {"request": "POST volumes"}, "what": {"do": "fail", "status": 503}})
    assert volume(other, "one")["name"] == "one"
    with pytest.raises(ArrayError) as raised:
        volume(eseries_array, "one")
    assert raised.value.status == 503
    assert [rule["hits"] for rule in eseries_array.faults()] == [1]
    eseries_array.clear_faults()
    assert volume(eseries_array, "one")["name"] == "one"
    other.close()


def test_the_clock_can_be_moved(eseries_array):
    before = eseries_array.advance("1s")["now"]
    assert eseries_array.advance("5m")["now"] > before


def test_a_failing_test_shows_what_the_array_was_asked(pytester, pytestconfig):
    pytester.makepyfile("def test_fails(eseries_array):\n    eseries_array.get('hosts')\n    assert False\n")
    command = pytestconfig.getoption("--eseries-simulator")
    result = pytester.runpytest("-p", "eseries_pytest.plugin", "--eseries-simulator", command)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*requests to the array test-*", "GET /devmgr/v2/storage-systems/test-*/hosts -> 200"])


def test_a_program_that_cannot_be_started_is_told(pytester):
    pytester.makepyfile("def test_it(eseries_array):\n    pass\n")
    result = pytester.runpytest("-p", "eseries_pytest.plugin", "--eseries-simulator", "no-such-program")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*SimulatorError: no-such-program cannot be started*"])
