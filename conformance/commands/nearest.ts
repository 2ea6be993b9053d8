import { closest, distance } from 'fastest-levenshtein';

/** Of some words the one that a mistyped one probably means; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const found = closest(word, words);
  return distance(word, found) <= Math.max(2, word.length / 3) ? found : undefined;
}
