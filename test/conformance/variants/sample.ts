import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** So many of a list, in its order; the seed decides which. All of them when there are no more. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const generator = xoroshiro128plus(seed);
  const indices = items.map((_, index) => index);
  const taken = new Set<number>();
  while (taken.size < count && indices.length > 0) {
    const [index] = indices.splice(uniformInt(generator, 0, indices.length - 1), 1);
    if (index !== undefined) taken.add(index);
  }
  return items.filter((_, index) => taken.has(index));
}
