import type { Chance } from '../../runtime/chance.js';

/**
 * What labels begin with that come of the suite's ids: a label is a UUID in base 32, so that UUIDs with these first digits
 * have it. It is told to people, so that they find what was left when a run was killed.
 */
export const labelMark = 'CONFORM';
const uuidMark = '139a57458';

/** What the names of a run's hosts begin with: no two runs have the same ones. */
export function hostMark(startMs: number): string {
  return `conformance-${startMs.toString(36)}-`;
}

/** The same chance, but for UUIDs: they have the mark. */
export function marked(plain: Chance): Chance {
  return {
    below: (count) => plain.below(count),
    uuid: () => uuidMark.replace(/^(.{8})/, '$1-') + plain.uuid().slice(uuidMark.length + 1),
  };
}
