import pc from 'picocolors';
import { givenNotes } from '../scenario/given-time.js';
import type { Failure } from '../scenario/play.js';
import type { ScenarioReport, StepReport } from '../scenario/scenario-report.js';
import { quoted } from './quoted.js';

export type Colors = Pick<ReturnType<typeof pc.createColors>, 'green' | 'red' | 'yellow' | 'dim' | 'bold'>;

/** Colours for a stream: none when it is no terminal, or NO_COLOR is set. */
export function colorsFor(stream: { readonly isTTY?: boolean }): Colors {
  return pc.createColors(stream.isTTY === true && pc.isColorSupported);
}

const marks = { pass: 'ok', fail: 'FAILED', error: 'ERROR', skipped: 'skipped' } as const;

/** A step in a line, and what is wrong with it in further ones. */
export function stepLines(step: StepReport, colors: Colors): string[] {
  const paint = { pass: colors.green, fail: colors.red, error: colors.red, skipped: colors.yellow }[step.verdict];
  const head = `  ${paint(marks[step.verdict].padEnd(7))} ${colors.dim(String(step.line).padStart(4))}  ${step.what}`;
  return [head, ...step.failures.flatMap((failure) => failureLines(failure, colors))];
}

/** What is wrong, with what was expected and what was found one under the other. */
export function failureLines({ message, expected, found, requirement, also = [] }: Failure, colors: Colors): string[] {
  const indent = ' '.repeat(16);
  const sides =
    expected === undefined && found === undefined
      ? []
      : [`${indent}expected  ${colors.green(shown(expected))}`, `${indent}found     ${colors.red(shown(found))}`];
  return [
    `${indent}${message}${requirement === undefined ? '' : colors.dim(` [${[requirement, ...also].join(', ')}]`)}`,
    ...sides,
  ];
}

/** A scenario's last lines: what is wrong at the end, the verdict, and how to play it again. */
export function verdictLines(report: ScenarioReport, colors: Colors, subject?: string): string[] {
  const { file, name, verdict, end, seed } = report;
  const paint = verdict === 'pass' ? colors.green : colors.red;
  return [
    ...(end.length === 0
      ? []
      : [`  ${colors.red('at the end')}`, ...end.flatMap((each) => failureLines(each, colors))]),
    `${paint(marks[verdict])} ${colors.bold(name)} ${colors.dim(file)}`,
    ...givenNotes(report.given).map((note) => `  ${colors.dim(note)}`),
    ...(verdict === 'pass' ? [] : [`  replay it: ${replayLine(file, seed, subject)}`]),
  ];
}

/** The command that plays a scenario again. */
function replayLine(file: string, seed: number, subject?: string): string {
  const given = subject === undefined ? '' : ` --subject ${quoted(subject)}`;
  return `eseries-conformance replay ${quoted(file)} --seed ${seed}${given}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
