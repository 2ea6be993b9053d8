package eseriestest_test

import (
	"testing"

	"github.com/eseries-simulator/eseriestest"
)

func create(array *eseriestest.Array) int {
	volume := map[string]any{"poolId": array.Pool(), "name": "one", "sizeUnit": "gb", "size": "1", "segSize": 128}
	return array.Do("POST", "volumes", volume, nil)
}

func TestEachTestHasAnArrayOfItsOwn(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			array := eseriestest.New(t)
			if status := create(array); status != 200 {
				t.Fatalf("a volume of the same name: status %d", status)
			}
			if problems := array.Check(); len(problems) > 0 {
				t.Fatal(problems)
			}
		})
	}
}

func TestAFaultRuleIsOfOneArrayOnly(t *testing.T) {
	array, other := eseriestest.New(t), eseriestest.New(t)
	array.Fault(map[string]any{
		"when": map[string]any{"request": "POST volumes"},
		"what": map[string]any{"do": "fail", "status": 503},
	})
	if status := create(other); status != 200 {
		t.Fatalf("the other array: status %d", status)
	}
	if status := create(array); status != 503 {
		t.Fatalf("the array with the rule: status %d", status)
	}
	if rules := array.Faults(); len(rules) != 1 || rules[0].Hits != 1 {
		t.Fatalf("rules %v", rules)
	}
}

func TestTheClockCanBeMoved(t *testing.T) {
	eseriestest.New(t).Advance("5m")
}
