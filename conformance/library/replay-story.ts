import { readFile } from 'node:fs/promises';
import { patienceOf } from '../runtime/wall-clock.js';
import { Linter } from '../scenario/lint.js';
import { readScenario, ScenarioFileError } from '../scenario/read-scenario.js';
import { runScenario } from '../scenario/run-scenario.js';
import type { ScenarioReport, StepReport } from '../scenario/scenario-report.js';
import type { SubjectFactory } from '../subjects/subject.js';
import { subjectFor } from './over-sockets.js';

export interface ReplayOptions {
  /** As for `runConformance`. */
  readonly subject?: SubjectFactory | string | undefined;
  /** Instead of the story's own. */
  readonly seed?: number | undefined;
  /** How long a program may take for an answer; 60,000 by default. */
  readonly patienceMs?: number | undefined;
  /** Told of each step as it ends. */
  readonly onStep?: ((step: StepReport) => void) | undefined;
  /** Looked at before the story begins: the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A story to play: a file (YAML or JSON), or its text. */
export type Story = { readonly file: string } | { readonly text: string; readonly name?: string };

/**
 * Plays a story on a simulated array of its own, in virtual time: the same story, seed and version give the same trace,
 * byte for byte. Rejects with ScenarioFileError for a story that cannot be played as it is written, and with the system's
 * error for a file that cannot be read.
 */
export async function replay(story: Story, options: ReplayOptions = {}): Promise<ScenarioReport> {
  const { subject, seed, patienceMs = 60_000, onStep, signal } = options;
  const file =
    'file' in story
      ? readScenario(await readFile(story.file, 'utf8'), story.file)
      : readScenario(story.text, story.name ?? 'story.yaml');
  const linter = new Linter();
  try {
    const problems = await linter.lint(file);
    if (problems.length > 0) throw new ScenarioFileError(problems);
  } finally {
    await linter.close();
  }
  signal?.throwIfAborted();
  return runScenario(file, {
    subject: typeof subject === 'function' ? subject : subjectFor(subject, { patience: patienceOf(patienceMs) }),
    ...(seed === undefined ? {} : { seed }),
    ...(onStep === undefined ? {} : { onStep }),
  });
}
