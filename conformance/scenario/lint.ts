import { AdminRequestError } from '../arrays/array-admin-client.js';
import type { OwnSimulator } from '../arrays/own-simulator.js';
import { mainDriver } from '../harness/main-driver.js';
import { requirements } from '../requirements/index.js';
import { aliases, callOf, calls } from './calls.js';
import { type CallStep, kindOf, type Step } from './format.js';
import { sizeGib } from './quantities.js';
import type { Path, Problem, ScenarioFile } from './read-scenario.js';
import { inRound } from './rounds.js';

/** What is wrong with a scenario beyond its format: names, methods, requirement ids and fault rules that can't be. */
export class Linter {
  private simulator: Promise<OwnSimulator> | undefined;
  private readonly known = new Set(requirements.map(({ id }) => id));
  private verified: ReadonlySet<string> = new Set();
  /** The arrays that the scenario has beside the first. */
  private arrays: ReadonlySet<unknown> = new Set();

  /** Rejects only when the simulator, which checks fault rules, can't be started. */
  async lint(file: ScenarioFile): Promise<Problem[]> {
    const { scenario, problem } = file;
    const problems: Problem[] = [];
    const report = (path: Path, message: string) => problems.push(problem(path, message));
    for (const [index, id] of scenario.verifies.entries()) {
      if (!this.known.has(id)) report(['verifies', index], `there is no requirement '${id}'`);
    }
    this.verified = new Set(scenario.verifies);
    this.arrays = new Set(Object.keys(scenario.array?.more ?? {}));
    const names = new Set<string>();
    const drivers = new Set([mainDriver, ...Object.keys(scenario.drivers ?? {})]);
    const changes = scenario.array?.changes ?? [];
    for (const [index, step] of changes.entries())
      await this.step(step, ['array', 'changes', index], names, drivers, report);
    for (const [index, step] of scenario.steps.entries())
      await this.step(step, ['steps', index], names, drivers, report);
    this.blame(scenario.expect?.requirement, ['expect', 'requirement'], report);
    for (const name of Object.keys(scenario.expect?.statuses ?? {})) {
      if (!names.has(name)) report(['expect', 'statuses', name], unknownName(name, names));
    }
    return problems;
  }

  async close(): Promise<void> {
    await (await this.simulator)?.close();
    this.simulator = undefined;
  }

  private async step(
    step: Step,
    path: Path,
    names: Set<string>,
    drivers: ReadonlySet<string>,
    report: (path: Path, message: string) => void,
  ): Promise<void> {
    if ('requirement' in step) this.blame(step.requirement, [...path, 'requirement'], report);
    if ('parallel' in step) {
      for (const [index, each] of step.parallel.entries())
        await this.step(each, [...path, 'parallel', index], names, drivers, report);
      return;
    }
    if ('repeat' in step) {
      for (let round = 1; round <= step.repeat; round++)
        for (const [index, each] of step.steps.entries()) {
          const told = round === 1 ? report : () => undefined;
          await this.step(inRound(each, round), [...path, 'steps', index], names, drivers, told);
        }
      return;
    }
    if ('by' in step && step.by !== undefined && !drivers.has(step.by))
      report([...path, 'by'], `there is no driver '${step.by}': known are ${[...drivers].join(', ')}`);
    if ('call' in step) lintCall(step, path, report);
    for (const [field, name] of namesMeant(step)) {
      if (!isKnown(name, names)) report([...path, field], unknownName(name, names));
    }
    if (kindOf(step) === 'fault') await this.fault(step as { fault: object }, path, report);
    for (const name of namesMade(step)) names.add(name);
  }

  /** A failure counts only against what the story says that it shows. */
  private blame(
    said: string | readonly string[] | undefined,
    path: Path,
    report: (path: Path, message: string) => void,
  ): void {
    for (const id of [said ?? []].flat())
      if (!this.verified.has(id))
        report(path, `'${id}' is not in verifies, which has ${[...this.verified].join(', ') || 'nothing'}`);
  }

  /** The simulator knows best what a fault rule may be. */
  private async fault(step: { readonly fault: object }, path: Path, report: (path: Path, message: string) => void) {
    // It takes a while to load: scenarios without faults do without.
    this.simulator ??= import('../arrays/own-simulator.js').then(({ startOwnSimulator }) => startOwnSimulator());
    const { admin } = await this.simulator;
    try {
      const { array, ...rule } = step.fault as { readonly array?: unknown };
      const here = this.arrays.has(array) ? rule : step.fault;
      const { id } = await admin.control<{ id: string }>('POST', 'faults', here);
      await admin.control('DELETE', `faults/${encodeURIComponent(id)}`);
    } catch (error) {
      if (!(error instanceof AdminRequestError)) throw error;
      const { field, message } = (error.answer as { error?: { field?: string; message?: string } }).error ?? {};
      // It names an object that the story makes.
      if (message !== undefined && /['"]\{[A-Za-z][\w.:-]*\}['"]/.test(message)) return;
      if (JSON.stringify(step.fault).includes('{') && message === undefined) return;
      report([...path, 'fault', ...(field ?? '').split('.').filter(Boolean)], message ?? error.message);
    }
  }
}

function lintCall(step: CallStep, path: Path, report: (path: Path, message: string) => void): void {
  if (step.args !== undefined) return;
  const call = callOf(step.call);
  if (call === undefined) {
    report(
      [...path, 'call'],
      `there is no method '${step.call}': known are ${[...Object.keys(calls), ...Object.keys(aliases)].join(', ')}; others are called with args`,
    );
    return;
  }
  const given = step as unknown as Record<string, unknown>;
  for (const field of call.needs) {
    if (given[field] === undefined) report([...path, 'call'], `${step.call} needs '${field}'`);
  }
  const common = ['call', 'why', 'requirement', 'by', 'ifThere', 'expect'];
  for (const field of Object.keys(step)) {
    if (!common.includes(field) && !(call.takes as readonly string[]).includes(field))
      report([...path, field], `${step.call} takes no '${field}': it takes ${call.takes.join(', ') || 'nothing'}`);
  }
  if (step.size !== undefined) {
    try {
      sizeGib(step.size);
    } catch (error) {
      report([...path, 'size'], (error as Error).message);
    }
  }
}

/** The names that a step means, by the field that they stand in. */
function namesMeant(step: Step): [string, string][] {
  const fields = ['of', 'from', 'to', 'group', 'add', 'remove'] as const;
  const given = step as unknown as Record<string, unknown>;
  const own = fields.flatMap((field) =>
    [given[field]].flat().flatMap((name): [string, string][] => (typeof name === 'string' ? [[field, name]] : [])),
  );
  const set = 'record' in step ? [['record', step.record] as [string, string]] : [];
  const cleared = 'clear' in step && step.clear !== 'all' ? [['clear', step.clear] as [string, string]] : [];
  return [...own, ...set, ...cleared];
}

/** The names that a step gives; those of a group snapshot's members are known only when it is played. */
function namesMade(step: Step): string[] {
  const given = step as unknown as {
    as?: string;
    names?: readonly string[];
    of?: string;
    host?: string;
    call?: string;
  };
  const attached = given.call === 'initialize_connection' ? [`${given.of}@${given.host ?? 'host-1'}`] : [];
  return [...(given.as === undefined ? [] : [given.as]), ...(given.names ?? []), ...attached];
}

/** Members of a group snapshot are called after it and their volume. */
function isKnown(name: string, names: ReadonlySet<string>): boolean {
  const dot = name.indexOf('.');
  return names.has(name) || (dot > 0 && names.has(name.slice(0, dot)) && names.has(name.slice(dot + 1)));
}

function unknownName(name: string, names: ReadonlySet<string>): string {
  return `nothing is called '${name}' before this: known are ${[...names].join(', ') || 'none'}`;
}
