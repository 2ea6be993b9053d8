import { mainDriver } from '../harness/main-driver.js';
import type { Database } from '../manager/database.js';
import type { Step } from './format.js';
import type { AnyRecord, SymbolTable } from './symbol-table.js';

/**
 * What of a story can still be played after something in it failed.
 *
 * A failed step loses the records that it makes and is about, when its outcome is not the one that the story goes on from
 * (an exception, no exception, another status), or when what it broke is a "must". With a record its family is lost: a
 * volume with its snapshots and attachments, a group with its volumes and group snapshots. Steps that name a lost record are
 * not reached, and what they would make is lost too. So are steps that look at something without naming a record, as soon
 * as anything is lost: what they expect depends on all that went before. A driver that is not set up is lost until it is
 * restarted. Everything else is played; a broken "should" by itself loses nothing.
 */
export class Dependence {
  private readonly lostNames = new Set<string>();
  private readonly lostDrivers = new Set<string>();

  constructor(
    private readonly symbols: SymbolTable,
    private readonly database: Database,
  ) {}

  /** Whether anything is lost. */
  get hasLost(): boolean {
    return this.lostNames.size > 0 || this.lostDrivers.size > 0;
  }

  /** Whether a name stands for something that is as the story says. */
  isWhole(name: string): boolean {
    return !partsOf(name).some((part) => this.lostNames.has(part));
  }

  /** Whether a step can be played. */
  reaches(step: Step): boolean {
    if (!this.hasLost) return true;
    if ('restart' in step) return true;
    if (driversOf(step).some((driver) => this.lostDrivers.has(driver))) return false;
    const names = namesOf(step);
    if (names.some((name) => !this.isWhole(name))) return false;
    return names.length > 0 || !looks(step);
  }

  /** What a step makes and is about is lost, with its family. */
  lose(step: Step): void {
    const names = namesOf(step);
    for (const name of names) this.lostNames.add(name);
    const records = names.flatMap((name) => partsOf(name)).filter((name) => this.symbols.has(name));
    for (const record of this.family(records.map((name) => this.symbols.record(name))))
      this.lostNames.add(this.symbols.nameOf(record.id));
  }

  loseDriver(driver: string): void {
    this.lostDrivers.add(driver);
  }

  /** A driver that was started anew is there again. */
  regain(driver: string): void {
    this.lostDrivers.delete(driver);
  }

  /** Records that belong together with some: what became of one decides what can be done with the others. */
  private family(some: readonly AnyRecord[]): Set<AnyRecord> {
    const { volumes, snapshots, groups, groupSnapshots, attachments } = this.database;
    const all: AnyRecord[] = [volumes, snapshots, groups, groupSnapshots, attachments].flatMap((table) => [
      ...table.values(),
    ]);
    const found = new Set<AnyRecord>(some);
    const ids = new Set(some.flatMap(tiesOf));
    for (let grown = true; grown; ) {
      grown = false;
      for (const record of all) {
        if (found.has(record) || !tiesOf(record).some((id) => ids.has(id))) continue;
        found.add(record);
        for (const id of tiesOf(record)) ids.add(id);
        grown = true;
      }
    }
    return found;
  }
}

/** The ids that tie a record to others: its own, its volume's, its group's. */
function tiesOf(record: AnyRecord): string[] {
  const { id, volume_id, group_id, group_snapshot_id } = record as unknown as Readonly<Record<string, unknown>>;
  return [id, volume_id, group_id, group_snapshot_id].filter((each): each is string => typeof each === 'string');
}

/** The names of records in a step: those that it means, those that it gives, and those in its texts. */
function namesOf(step: Step): string[] {
  const inner = innerSteps(step);
  if (inner !== undefined) return inner.flatMap(namesOf);
  const given = step as unknown as Readonly<Record<string, unknown>>;
  const meant = ['as', 'of', 'from', 'to', 'group', 'add', 'remove', 'names'].flatMap((field) => [given[field]].flat());
  const { why: _, ...texts } = given;
  const inTexts = [...JSON.stringify(texts).matchAll(/\{([A-Za-z][\w.<>-]*)(?::[a-z-]+)?\}/g)].map(([, name]) => name);
  const { statuses = {} } = (given.expect ?? {}) as { readonly statuses?: object };
  return [...meant, ...inTexts, ...Object.keys(statuses)].filter((each): each is string => typeof each === 'string');
}

/** A name, and what it is a part of: `snap.vol` is the member of a group snapshot, `vol@host-1` an attachment. */
function partsOf(name: string): string[] {
  return [name, ...name.split(/[.@]/)];
}

function driversOf(step: Step): string[] {
  const inner = innerSteps(step);
  if (inner !== undefined) return inner.flatMap(driversOf);
  return 'call' in step ? [step.by ?? mainDriver] : [];
}

/** Whether a step looks at something, and so depends on all that went before unless it says what it looks at. */
function looks(step: Step): boolean {
  return 'rest' in step || ('call' in step && step.expect !== undefined);
}

function innerSteps(step: Step): readonly Step[] | undefined {
  if ('parallel' in step) return step.parallel;
  return 'repeat' in step ? step.steps : undefined;
}
