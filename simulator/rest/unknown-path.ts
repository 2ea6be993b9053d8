import { distance } from 'fastest-levenshtein';
import { RestError } from './errors.js';
import type { Operation } from './operations.js';

/** A path as segments, with what is variable marked. */
function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith(':') || part === segments[index])
  );
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** The documented path that looks most like the given one. */
function nearestPath(path: string, operations: Iterable<Operation>): string {
  const segments = segmentsOf(path);
  const asked = segments.join('/').slice(0, 200);
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const operation of operations) {
    const pattern = segmentsOf(operation.path);
    const shown = pattern.map((part, index) => (part.startsWith(':') ? (segments[index] ?? part) : part));
    const far = Math.abs(pattern.length - segments.length) * 4 + distance(shown.join('/').slice(0, 200), asked);
    if (far < least) [least, best] = [far, operation.path];
  }
  return best;
}

/** The error of a request that no route takes: 405 with what its path allows, otherwise 404 with the nearest path. */
export function explainUnknown(
  method: string,
  path: string,
  implemented: ReadonlyMap<string, Operation>,
): { error: RestError; allow?: string } {
  const segments = segmentsOf(path);
  const here = [...implemented.values()].filter((operation) => matches(segmentsOf(operation.path), segments));
  if (here.length > 0) {
    const allow = [...new Set(here.map((operation) => operation.method))].join(', ');
    return {
      allow,
      error: new RestError('methodNotAllowed', `${method} is not allowed on '${path}': allowed are ${allow}.`),
    };
  }
  const nearest = nearestPath(path, implemented.values());
  return {
    error: new RestError('unknownPath', `There is nothing at '${path}'. The nearest known path is '${nearest}'.`),
  };
}
