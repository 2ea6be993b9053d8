import { stringify } from 'yaml';

/** A request as the simulator's journal has it. */
export interface JournalRequest {
  readonly timeMs: number;
  readonly array: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
  readonly answer: unknown;
}

/** Time between two requests that is worth an `advance`, in milliseconds. */
const notableMs = 1000;

/**
 * A scenario, as YAML to edit, that sends the same requests again: what was made has a name, and is meant by it later on;
 * each request expects the status that it had. Reads are left out unless asked for.
 */
export function recordedScenario(
  requests: readonly JournalRequest[],
  options: {
    readonly name: string;
    readonly reads?: boolean;
    /** Preset and seed: the references of what the array began with depend on them. */
    readonly array?: { readonly preset?: string; readonly seed?: number };
    /** What the array began with: the story means it by its label, for references are other ones in each array. */
    readonly pools?: readonly { readonly id: string; readonly label: string }[];
  },
): string {
  const names = new Map((options.pools ?? []).map(({ id }, index) => [id, `pool-${index + 1}`]));
  const steps: object[] = [];
  let lastMs: number | undefined;
  for (const request of requests) {
    const { method, status, timeMs } = request;
    if (status === 0 || (method === 'GET' && options.reads !== true)) continue;
    if (lastMs !== undefined && timeMs - lastMs >= notableMs)
      steps.push({ advance: `${Math.round((timeMs - lastMs) / 1000)}s` });
    lastMs = timeMs;
    const named = (value: unknown) => withNames(value, names);
    const step: Record<string, unknown> = { rest: `${method} ${String(named(pathOf(request)))}` };
    const made = method === 'POST' && status < 300 ? idOf(request.answer) : undefined;
    if (made !== undefined && !names.has(made)) {
      step.as = nameFor(pathOf(request), names);
      names.set(made, String(step.as));
    }
    if (request.body !== null) step.body = named(request.body);
    if (status >= 300) step.expect = { status };
    steps.push(step);
  }
  const text = JSON.stringify(steps);
  const pools = (options.pools ?? [])
    .map(({ id, label }) => ({ rest: `GET storage-pools/${encodeURIComponent(label)}`, as: names.get(id) }))
    .filter(({ as }) => text.includes(`{${as}}`));
  const scenario = {
    name: options.name,
    why: 'Recorded from the journal of a simulator: say here what it shows.',
    verifies: [],
    array: { ...options.array, ...(pools.length > 0 ? { changes: pools } : {}) },
    started: false,
    steps: steps.length > 0 ? steps : [{ advance: '1s' }],
  };
  return `# yaml-language-server: $schema=scenario.schema.json\n${stringify(scenario, { lineWidth: 120 })}`;
}

/** The path below the storage system, or the absolute one. */
function pathOf({ url }: JournalRequest): string {
  return url.replace(/^\/devmgr\/v2\/storage-systems\/[^/?]+\//, '');
}

function idOf(answer: unknown): string | undefined {
  const id = (answer as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id.length > 8 ? id : undefined;
}

/** e.g. volume-2 for the second that was made by POST volumes. */
function nameFor(path: string, names: ReadonlyMap<string, string>): string {
  const kind = (path.split(/[/?]/).findLast((part) => /^[a-z][a-z-]+$/.test(part)) ?? 'object').replace(/s$/, '');
  const taken = [...names.values()].filter((name) => name.replace(/-\d+$/, '') === kind).length;
  return `${kind}-${taken + 1}`;
}

function withNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    let text = value;
    for (const [id, name] of names) text = text.replaceAll(id, `{${name}}`);
    return text;
  }
  if (Array.isArray(value)) return value.map((each) => withNames(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNames(each, names)]));
}
