import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import { type Document, isMap, isNode, LineCounter, parseDocument, visit } from 'yaml';
import { kindOf, Scenario, type StepKind, stepSchemas } from './format.js';

/** What is wrong with a scenario file, and where; line and column count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** A scenario file as it was read. */
export interface ScenarioFile {
  readonly file: string;
  readonly text: string;
  readonly scenario: Scenario;
  /** Says where something of the scenario stands. */
  problem(path: Path, message: string): Problem;
}

/** A scenario file that is none: every problem that was found. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
  }
}

export function problemLine({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** Reads a scenario (YAML, and so JSON too). Throws ScenarioFileError for what is not YAML, or not of the format. */
export function readScenario(text: string, file: string): ScenarioFile {
  const lines = new LineCounter();
  // Its warnings would be those of the process.
  const options = { lineCounter: lines, prettyErrors: false, merge: false, logLevel: 'error' } as const;
  const document = parseDocument(text, options);
  const at = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, message: shortened(message) };
  };
  const problem = (path: Path, message: string) => at(offsetOf(document, path), message);
  if (document.errors.length > 0) {
    throw new ScenarioFileError(document.errors.map((error) => at(error.pos[0], `this is no YAML: ${error.message}`)));
  }
  const cycles = aliasesOfThemselves(document).map((offset) => at(offset, 'this alias is part of what it stands for'));
  if (cycles.length > 0) throw new ScenarioFileError(cycles);
  const value = plain(document, (message) => new ScenarioFileError([problem([], `this is no YAML: ${message}`)]));
  const problems = problemsOf(value)
    .map(({ path, message }) => problem(path, message))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  if (problems.length > 0) throw new ScenarioFileError(problems);
  return { file, text, scenario: value as Scenario, problem };
}

/** What is wrong fits a line of a screen or a few: it may repeat any length of the file. */
const mostCharacters = 600;

function shortened(message: string): string {
  return message.length <= mostCharacters ? message : `${message.slice(0, mostCharacters)}…`;
}

function aliasesOfThemselves(document: Document): number[] {
  const found: number[] = [];
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const meant = alias.resolve(document);
      if (meant !== undefined && ancestors.includes(meant)) found.push(alias.range?.[0] ?? 0);
    },
  });
  return found;
}

/** The document's value. Throws what `failure` makes of a document with too many aliases. */
function plain(document: Document, failure: (message: string) => Error): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw failure((error as Error).message);
  }
}

/** A scenario that comes from no file, as one that does. */
export function scenarioOf(scenario: Scenario, file: string): ScenarioFile {
  return { file, text: '', scenario, problem: (_path, message) => ({ file, line: 1, column: 1, message }) };
}

interface Finding {
  readonly path: Path;
  readonly message: string;
}

function problemsOf(value: unknown): Finding[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path: [], message: 'a scenario is a map with name, why, verifies and steps' }];
  const steps = (value as { steps?: unknown }).steps;
  // Steps are checked by the schema of their own kind: it tells better what is wrong than all kinds together.
  const placeholder = { ...value, ...(Array.isArray(steps) ? { steps: [{ advance: '0s' }] } : {}) };
  return [
    ...findings(Scenario, placeholder, []),
    ...(Array.isArray(steps) ? steps.flatMap((step, index) => stepFindings(step, ['steps', index])) : []),
    ...(Array.isArray(steps) && steps.length === 0 ? [{ path: ['steps'], message: 'there must be a step' }] : []),
  ];
}

/** Rounds within rounds, all in all: more would be played for hours. */
const mostRounds = 100_000;

function stepFindings(step: unknown, path: Path, rounds = 1): Finding[] {
  if (typeof step !== 'object' || step === null || Array.isArray(step))
    return [{ path, message: `a step is a map with one of ${Object.keys(stepSchemas).join(', ')}` }];
  const kind = kindOf(step);
  if (kind === undefined)
    return [{ path, message: `this step does nothing: it needs one of ${Object.keys(stepSchemas).join(', ')}` }];
  if (kind === 'parallel') {
    const { parallel } = step as { parallel: unknown };
    if (!Array.isArray(parallel)) return [{ path: [...path, kind], message: 'parallel takes a list of steps' }];
    return [
      ...findings(stepSchemas.parallel, { ...step, parallel: [{ advance: '0s' }, { advance: '0s' }] }, path),
      ...(parallel.length < 2 ? [{ path: [...path, kind], message: 'parallel takes two steps or more' }] : []),
      ...parallel.flatMap((each, index) => stepFindings(each, [...path, kind, index], rounds)),
    ];
  }
  if (kind === 'repeat') {
    const { repeat, steps } = step as { repeat: unknown; steps?: unknown };
    const all = rounds * (typeof repeat === 'number' ? repeat : 1);
    if (all > mostRounds)
      return [{ path: [...path, kind], message: `these are ${all} rounds in all: allowed are ${mostRounds}` }];
    if (!Array.isArray(steps) || steps.length === 0) return [{ path, message: 'repeat takes a list of steps' }];
    return [
      ...findings(stepSchemas.repeat, { ...step, steps: [{ advance: '0s' }] }, path),
      ...steps.flatMap((each, index) => stepFindings(each, [...path, 'steps', index], all)),
    ];
  }
  return findings(stepSchemas[kind as StepKind], step, path);
}

function findings(schema: TSchema, value: unknown, base: Path): Finding[] {
  // Takes half of the time that it takes to look for errors.
  if (Check(schema, value)) return [];
  const all = Errors(schema, value).map((error) => {
    const path = [...base, ...pointer(error.instancePath)];
    return explained(error as unknown as SchemaError, path, schema);
  });
  // Of a choice between shapes only what is innermost tells something.
  const unions = all.filter(({ message }) => message === unionMessage);
  const others = all.filter(({ message }) => message !== unionMessage);
  const shown = others.length > 0 ? others : unions;
  const seen = new Set<string>();
  return shown.filter(({ path }) => {
    const key = path.join('/');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly message: string;
  readonly params: {
    readonly additionalProperties?: readonly string[];
    readonly requiredProperties?: readonly string[];
    readonly allowedValues?: readonly unknown[];
  };
}

const unionMessage = 'this has none of the shapes that are allowed here';

function explained({ keyword, schemaPath, message, params }: SchemaError, path: Path, schema: TSchema): Finding {
  const what = path.length === 0 ? 'the scenario' : `'${nameOf(path)}'`;
  switch (keyword) {
    case 'additionalProperties': {
      const [stranger = ''] = params.additionalProperties ?? [];
      return { path: [...path, stranger], message: `'${stranger}' is not known in ${what}` };
    }
    case 'required':
      return { path, message: `${what} lacks ${(params.requiredProperties ?? []).join(', ')}` };
    case 'enum':
      return { path, message: `${what} must be one of ${(params.allowedValues ?? []).join(', ')}` };
    case 'anyOf':
      return { path, message: unionMessage };
    case 'boolean':
      return { path, message: `${what} is not known here` };
    default: {
      const hint = descriptionAt(schema, schemaPath);
      return { path, message: `${what} ${message}${hint === undefined ? '' : ` (${hint})`}` };
    }
  }
}

/** The last property's name; of an item of a list the list's with its place. */
function nameOf(path: Path): string {
  const property = path.findLastIndex((part) => typeof part === 'string');
  return path
    .slice(Math.max(property, 0))
    .map((part) => (typeof part === 'number' ? `[${part}]` : part))
    .join('');
}

/** What the schema says of a value for people. */
function descriptionAt(schema: TSchema, schemaPath: string): string | undefined {
  let found: unknown = schema;
  let description: unknown;
  for (const part of schemaPath.replace(/^#\/?/, '').split('/')) {
    found = (found as Record<string, unknown> | undefined)?.[part];
    description = (found as { description?: unknown } | undefined)?.description ?? description;
  }
  return typeof description === 'string' ? description : undefined;
}

function pointer(text: string): (string | number)[] {
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Where a value begins; where it has none, what it would be part of; for an unknown property its name. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isNode(key) && String(key) === String(path[length - 1]));
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
