import fc from 'fast-check';
import { oddText } from './odd-values.js';

/** Names that mean volumes without saying so. */
const ofVolumes = /mappable|source|target|base|member|single/;

/** Names of what is on an array, for the places where requests name something. */
export class KnownNames {
  private readonly all: readonly string[];

  /** `byKind` has them by the kind of object, e.g. 'volumes'; `always` may be meant everywhere. */
  constructor(
    private readonly byKind: ReadonlyMap<string, readonly string[]>,
    private readonly always: readonly string[],
  ) {
    this.all = [...[...byKind.values()].flat(), ...always];
  }

  /** Texts for a place that is called so, e.g. 'poolId' or 'snapshot-groups': most are of its kind, some are odd. */
  at(place: string): fc.Arbitrary<string> {
    const key = place.toLowerCase().replace(/[^a-z]/g, '');
    const kinds = [...this.byKind].filter(
      ([kind]) =>
        kind !== '' &&
        (key.includes(kind.toLowerCase().replace(/s$/, '')) || (kind === 'volumes' && ofVolumes.test(key))),
    );
    const fitting = kinds.length === 0 ? this.all : [...kinds.flatMap(([, names]) => names), ...this.always];
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...fitting) },
      { weight: 1, arbitrary: fc.constantFrom(...this.all) },
      { weight: 1, arbitrary: fc.constantFrom('one', 'two', 'three', '1', '10') },
      { weight: 1, arbitrary: oddText },
    );
  }
}
