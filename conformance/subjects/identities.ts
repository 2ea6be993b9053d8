import type { Arguments } from './subject.js';

/**
 * Puts objects that a driver gave back where copies of them came over the wire: those that it was handed, and those that
 * it returned twice. So `===` tells the same of a driver in another process as of one in this. Pointers that lead
 * nowhere are passed over.
 */
export function withIdentities(
  result: unknown,
  args: Arguments,
  identities: Readonly<Record<string, string>>,
): unknown {
  const root = { args, result };
  for (const [at, source] of Object.entries(identities)) {
    const steps = stepsOf(`/result${at}`);
    const last = steps.at(-1) ?? '';
    const holder = lookUp(root, steps.slice(0, -1));
    const object = lookUp(root, stepsOf(source));
    if (typeof holder === 'object' && holder !== null && Object.hasOwn(holder, last) && object !== undefined)
      (holder as Record<string, unknown>)[last] = object;
  }
  return root.result;
}

/** JSON pointers (RFC 6901). */
function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lookUp(root: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<string, unknown>)[step]
        : undefined,
    root,
  );
}
