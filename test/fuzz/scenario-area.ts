import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Linter } from '../../conformance/scenario/lint.js';
import { readScenario, ScenarioFileError } from '../../conformance/scenario/read-scenario.js';
import { type FuzzArea, hold, type OpenArea } from './area.js';
import { oddJson, oddText } from './odd-values.js';

interface ScenarioInput {
  readonly text: string;
}

const mostCpuMs = 5000;

/** Scenario files: reading and linting. */
export const scenarioArea: FuzzArea = {
  name: 'scenarios',
  async open(): Promise<OpenArea> {
    const linter = new Linter();
    return {
      inputs: scenarioInputs(libraryTexts()),
      try: (input: ScenarioInput) => tryText(linter, input),
      close: () => linter.close(),
    } as OpenArea;
  },
};

/** Some stories of the library, which changes are made to; always the same for a library. */
function libraryTexts(): string[] {
  const folder = fileURLToPath(new URL('../../scenarios', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('/') && name.endsWith('.yaml'))
    .sort();
  return files.filter((_, index) => index % 12 === 0).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
}

const fragment = fc.oneof(
  fc.constantFrom(
    '&a [*a]',
    '*b',
    '<<: *a',
    '!!binary x',
    '!!js/function f',
    '? [a]\n: b',
    '\t',
    '---\n',
    '...\n',
    '%YAML 9\n',
    '"\\uD800"',
    '{a: {b: [',
    '- - - -',
    '|\n',
    '0o777',
    '.inf',
    '2026-01-01',
    '__proto__: {x: 1}',
    'constructor: 1',
    'repeat: 1e9',
    'repeat: 100000',
    'advance: 99999999999999d',
    'advance: -1s',
    "size: '1e400'",
    '{source}',
    '{__proto__}',
    '{source.constructor}',
    'requirement: toString',
  ),
  oddText,
  oddJson,
);

/** Lines of a story taken away, doubled, moved, indented or replaced; or a document of its own. */
function scenarioInputs(texts: readonly string[]): fc.Arbitrary<ScenarioInput> {
  const change = fc.record({
    how: fc.constantFrom('remove', 'double', 'indent', 'replace', 'insert', 'value', 'cut'),
    at: fc.nat(200),
    fragment,
  });
  const changed = fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) => changes.reduce(applied, text.split('\n')).join('\n'));
  const deep = fc
    .tuple(fc.integer({ min: 1, max: 4000 }), fc.constantFrom('[', '{a: ', '- ', 'a:\n '))
    .map(([count, part]) => part.repeat(count));
  return fc
    .oneof({ weight: 12, arbitrary: changed }, { weight: 1, arbitrary: fragment }, { weight: 1, arbitrary: deep })
    .map((text) => ({ text }));
}

interface Change {
  readonly how: string;
  readonly at: number;
  readonly fragment: string;
}

function applied(lines: string[], { how, at, fragment: added }: Change): string[] {
  const index = at % Math.max(1, lines.length);
  const line = lines[index] ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const instead: Readonly<Record<string, readonly string[]>> = {
    remove: [],
    double: [line, line],
    indent: [`  ${line}`],
    replace: [indent + added],
    insert: [line, indent + added],
    value: [line.replace(/:.*/, () => `: ${added}`)],
    cut: [line.slice(0, at % (line.length + 1))],
  };
  return lines.toSpliced(index, 1, ...(instead[how] ?? [line]));
}

async function tryText(linter: Linter, { text }: ScenarioInput): Promise<string> {
  const names = Object.getOwnPropertyNames(Object.prototype).length;
  const began = process.cpuUsage();
  const outcome = await outcomeOf(linter, text);
  const { user, system } = process.cpuUsage(began);
  const cpuMs = (user + system) / 1000;
  hold(cpuMs < mostCpuMs, () => `reading and linting takes ${Math.round(cpuMs)} ms of the processor`);
  hold(Object.getOwnPropertyNames(Object.prototype).length === names, () => 'all objects have another property');
  return outcome;
}

async function outcomeOf(linter: Linter, text: string): Promise<string> {
  const lines = text.split(/\r\n|[\n\r]/).length;
  const isPlace = ({ line, column, message }: { line: number; column: number; message: string }) =>
    line >= 1 && line <= lines && column >= 1 && message !== '' && message.length < 1000;
  try {
    const problems = await linter.lint(readScenario(text, 'fuzzed.yaml'));
    hold(problems.every(isPlace), () => `a problem is nowhere in the file: ${JSON.stringify(problems)}`);
    return `${problems.length} problems`;
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    const { problems } = error;
    hold(
      problems.length > 0 && problems.every(isPlace),
      () => `refused without a place: ${JSON.stringify(problems).slice(0, 2000)}`,
    );
    return `refused for ${problems.length}`;
  }
}
