import fc from 'fast-check';
import type { CallStep, Step } from '../../scenario/format.js';

/** Pools of the array that stories are played on unless they say otherwise: a disk pool, and volume groups of two kinds. */
export const pools = ['DDP_1', 'SSD_R6', 'HDD_R1'] as const;

/** The one of them that can hold thin volumes. */
const thinPool = 'DDP_1';

/** One of those that can't. */
export const standardPool = 'SSD_R6';

export const pool = fc.constantFrom(...pools);

/** GiB. Small ones are as good as large ones, and are reached first by shrinking. */
export const size = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constantFrom(17, 100, 1023));

const truth = fc.constantFrom('true', 'false', '<is> True', '<is> False', 'yes', 'Enabled', '1', '0');

/** Extra specs that drivers of this family act upon; thin only where the pool can. */
export function specs(poolLabel: string): fc.Arbitrary<Record<string, string>> {
  const optional = (name: string) => fc.record({ [name]: truth }, { requiredKeys: [] });
  const names = [
    'netapp:read_cache',
    'netapp:write_cache',
    ...(poolLabel === thinPool ? ['netapp_thin_provisioned'] : []),
  ];
  return fc.tuple(...names.map(optional)).map((parts) => Object.assign({}, ...parts) as Record<string, string>);
}

/** A call that need not succeed: what it says must be true, that is all. */
export function mayFail(step: CallStep): CallStep {
  return { ...step, expect: { mayRaise: true } };
}

/** Everything is looked at, now and not only at the end. */
export const checkEverything: Step = { check: 'all' };

export const seed = fc.nat({ max: 0xffff });
