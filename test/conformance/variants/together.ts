import { changedFiles } from '../changed-driver/changed-driver.js';
import type { Variant } from './variant.js';

/** Several variants as one driver. */
export interface Bundle extends Variant {
  readonly members: readonly Variant[];
}

/**
 * Puts variants together that change different places, about so many: one run judges all of a bundle. Each goes into the
 * smallest bundle in which all changes can be made.
 */
export function together(variants: readonly Variant[], size: number): Bundle[] {
  const bundles: Variant[][] = Array.from({ length: Math.ceil(variants.length / size) }, () => []);
  for (const variant of variants) {
    const [smallest] = bundles
      .filter((members) => canBeMade([...members, variant]))
      .sort((one, other) => one.length - other.length);
    if (smallest === undefined) bundles.push([variant]);
    else smallest.push(variant);
  }
  return bundles.map((members, index) => ({
    id: `bundle-${index + 1}`,
    why: 'Choices that are free alone are free together.',
    changes: members.flatMap(({ changes }) => changes),
    members,
  }));
}

function canBeMade(members: readonly Variant[]): boolean {
  const ids = members.map(({ id }) => id).join(' + ');
  try {
    changedFiles(
      ids,
      members.flatMap(({ changes }) => changes),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'UnfitChange') return false;
    throw error;
  }
}
