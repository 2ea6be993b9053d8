import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A requirement that is known not to hold, for now. */
export interface Waiver {
  /** Of the requirement. */
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
}

/** A file that is no list of waivers: every problem, a line each, with file, line and column. */
export class WaiverFileError extends Error {
  override readonly name = 'WaiverFileError';
}

const members = ['id', 'reason', 'owner', 'expires'] as const;

/** Reads waivers (YAML, and so JSON too): a list of id, reason, owner, expires. Throws WaiverFileError. */
export function parseWaivers(text: string, file: string, requirements: ReadonlySet<string>): Waiver[] {
  const lines = new LineCounter();
  // Without a schema's dates and numbers, so that texts are told as they are written.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'failsafe' });
  const problems: string[] = [];
  const complain = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    problems.push(`${file}:${line}:${col}: ${message}`);
  };
  for (const error of document.errors) complain(error.pos[0], `this is no YAML: ${error.message}`);
  const waivers = problems.length > 0 ? [] : listed(document.contents, requirements, complain);
  if (problems.length > 0) throw new WaiverFileError(problems.join('\n'));
  return waivers;
}

type Complain = (offset: number, message: string) => void;

function listed(contents: unknown, requirements: ReadonlySet<string>, complain: Complain): Waiver[] {
  if (contents === null || (isScalar(contents) && contents.value === '')) {
    // A file that was cut, or not written yet, is not one that waives nothing.
    complain(0, 'the file is empty: write [] for no waivers');
    return [];
  }
  if (!isSeq(contents)) {
    complain(startOf(contents), 'waivers are a list of id, reason, owner, expires');
    return [];
  }
  const seen = new Set<string>();
  return contents.items.map((item) => {
    const waiver = waiverOf(item, complain);
    const at = startOf(item);
    const { id } = waiver;
    if (id !== '' && !requirements.has(id)) complain(at, `there is no requirement '${id}'`);
    if (id !== '' && seen.has(id)) complain(at, `there are two waivers for ${id}`);
    seen.add(id);
    return waiver;
  });
}

function waiverOf(item: unknown, complain: Complain): Waiver {
  const waiver = { id: '', reason: '', owner: '', expires: '' };
  if (!isMap(item)) {
    complain(startOf(item), 'a waiver is a map of id, reason, owner, expires');
    return waiver;
  }
  const given = new Set<string>();
  for (const { key, value } of item.items) {
    const name = isScalar(key) ? String(key.value) : '';
    given.add(name);
    const member = members.find((each) => each === name);
    if (member === undefined) {
      complain(startOf(key), `'${name}' is not known in a waiver: known are ${members.join(', ')}`);
      continue;
    }
    const written = isScalar(value) ? String(value.value ?? '').trim() : '';
    waiver[member] = written;
    if (written === '') complain(startOf(value ?? key), `${member} is empty`);
    else if (member === 'expires' && !isDay(written))
      complain(startOf(value), `expires '${written}' is not possible: allowed are days, YYYY-MM-DD`);
  }
  const missing = members.filter((each) => !given.has(each));
  if (missing.length > 0) complain(startOf(item), `the waiver lacks ${missing.join(', ')}`);
  return waiver;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0;
}
