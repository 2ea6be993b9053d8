/** A request as the journal has it. */
export interface RecordedRequest {
  readonly timeMs: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
  readonly answer: unknown;
}

export interface StoryOptions {
  readonly name: string;
  /** The array that the requests were for: what it began with depends on preset and seed. */
  readonly array: { readonly preset?: string | undefined; readonly seed?: number | undefined };
  /** A story means pools by their labels: references are other ones in each array. */
  readonly pools: readonly { readonly ref: string; readonly label: string }[];
}

/** Time between two requests that is worth an `advance`. */
const notableMs = 1000;

/**
 * A scenario, as YAML, that sends the requests again, oldest first: what was made has a name and is meant by it later on;
 * what was refused is expected to be refused again. Requests that were cut off are left out. Each step is a line of JSON,
 * which is YAML.
 */
export function storyOf(requests: readonly RecordedRequest[], { name, array, pools }: StoryOptions): string {
  const names = new Map(pools.map(({ ref }, index) => [ref, `pool-${index + 1}`]));
  const steps: object[] = [];
  let lastMs: number | undefined;
  for (const request of requests) {
    if (request.status === 0) continue;
    if (lastMs !== undefined && request.timeMs - lastMs >= notableMs)
      steps.push({ advance: `${Math.round((request.timeMs - lastMs) / 1000)}s` });
    lastMs = request.timeMs;
    steps.push(stepOf(request, names));
  }
  const used = JSON.stringify(steps);
  const changes = pools
    .map(({ ref, label }) => ({ rest: `GET storage-pools/${encodeURIComponent(label)}`, as: names.get(ref) }))
    .filter(({ as }) => used.includes(`{${as}}`));
  return [
    '# yaml-language-server: $schema=scenario.schema.json',
    `name: ${JSON.stringify(name)}`,
    'why: "Recorded in the dashboard of a simulator: say here what it shows."',
    'verifies: []',
    `array: ${JSON.stringify({ ...array, ...(changes.length > 0 ? { changes } : {}) })}`,
    'started: false',
    'steps:',
    ...(steps.length > 0 ? steps : [{ advance: '1s' }]).map((step) => `  - ${JSON.stringify(step)}`),
    '',
  ].join('\n');
}

function stepOf(request: RecordedRequest, names: Map<string, string>): object {
  const { method, status, body } = request;
  const path = request.url.replace(/^\/devmgr\/v2\/storage-systems\/[^/?]+\//, '');
  const [rest, sent] = [`${method} ${named(path, names)}`, named(body, names)];
  const made = method === 'POST' && status < 300 ? idOf(request.answer) : undefined;
  const as = made === undefined || names.has(made) ? undefined : nameFor(path, names);
  if (made !== undefined && as !== undefined) names.set(made, as);
  return {
    rest,
    ...(as === undefined ? {} : { as }),
    ...(body === null || body === undefined ? {} : { body: sent }),
    ...(status >= 300 ? { expect: { status } } : {}),
  };
}

function idOf(answer: unknown): string | undefined {
  const id = (answer as { readonly id?: unknown } | null)?.id;
  return typeof id === 'string' && id.length > 8 ? id : undefined;
}

/** e.g. volume-2 for the second that was made by POST volumes. */
function nameFor(path: string, names: ReadonlyMap<string, string>): string {
  const kind = (path.split(/[/?]/).findLast((part) => /^[a-z][a-z-]+$/.test(part)) ?? 'object').replace(/s$/, '');
  const taken = [...names.values()].filter((name) => name.replace(/-\d+$/, '') === kind).length;
  return `${kind}-${taken + 1}`;
}

/** The same with names in place of references. */
function named(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    let text = value;
    for (const [ref, name] of names) text = text.replaceAll(ref, `{${name}}`);
    return text;
  }
  if (Array.isArray(value)) return value.map((each) => named(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each, names)]));
}
