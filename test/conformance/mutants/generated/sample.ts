import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A random choice that only the seed decides, in the order of the draw; all in a random order when there are fewer. */
export function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const generator = xoroshiro128plus(seed);
  const left = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && left.length > 0)
    drawn.push(...left.splice(uniformInt(generator, 0, left.length - 1), 1));
  return drawn;
}
