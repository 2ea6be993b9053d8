import { RestError } from './errors.js';
import { type Operation, vendorOperations } from './operations.js';

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

/** How different two words are, in letters to change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The documented path that looks most like the given one. */
function nearestPath(path: string, operations: Iterable<Operation>): string {
  const segments = segmentsOf(path);
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const operation of operations) {
    const pattern = segmentsOf(operation.path);
    const shown = pattern.map((part, index) => (part.startsWith(':') ? (segments[index] ?? part) : part));
    const far =
      Math.abs(pattern.length - segments.length) * 4 +
      distance(shown.join('/').slice(0, 200), segments.join('/').slice(0, 200));
    if (far < least) [least, best] = [far, operation.path];
  }
  return best;
}

/** What is to be said of a request that no route takes: a wrong method, what is not implemented, or an unknown path. */
export function explainUnknown(
  method: string,
  path: string,
  implemented: ReadonlyMap<string, Operation>,
): { error: RestError; allow?: string; operation?: Operation } {
  const segments = segmentsOf(path);
  const here = [...implemented.values(), ...vendorOperations.values()].filter((operation) =>
    matches(segmentsOf(operation.path), segments),
  );
  const documented = here.find((operation) => operation.method === method);
  if (documented !== undefined) {
    return {
      operation: documented,
      error: new RestError(
        'notImplemented',
        `The operation '${documented.id}' (${method} ${documented.path}) is not implemented by this simulator.`,
      ),
    };
  }
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
