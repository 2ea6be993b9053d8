/** One place where what was found is not what was expected. */
export interface Difference {
  /** e.g. `volumes[1].label`; '' for the whole. */
  readonly path: string;
  /** As JSON; undefined where there is nothing. */
  readonly expected: string | undefined;
  readonly found: string | undefined;
}

const most = 50;

/** Where two values of JSON differ, the first fifty places. */
export function differencesOf(expected: unknown, found: unknown): Difference[] {
  const differences: Difference[] = [];
  compare('', expected, found, differences);
  return differences;
}

function compare(path: string, expected: unknown, found: unknown, differences: Difference[]): void {
  if (differences.length >= most) return;
  if (isParent(expected) && isParent(found) && Array.isArray(expected) === Array.isArray(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    for (const name of names) {
      const below = Array.isArray(expected) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
      compare(below, memberOf(expected, name), memberOf(found, name), differences);
    }
    return;
  }
  const [one, other] = [JSON.stringify(expected), JSON.stringify(found)];
  if (one !== other) differences.push({ path, expected: one, found: other });
}

function isParent(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function memberOf(parent: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}
