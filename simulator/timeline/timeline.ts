import type { DomainEvent } from '../array/domain-events.js';
import type { KeptState, StorageArray } from '../array/storage-array.js';
import type { ArrayRecord } from '../array/table.js';
import type { SavedTables, TableName } from '../array/tables.js';
import { pageBytes } from '../blocks/tree.js';
import { ContentRecorder } from './content-recorder.js';
import { type Delta, type Moment, type MomentContent, noDelta, type RecordDelta, subjectOf } from './moment.js';

/** What a record, a change of contents and a moment take beside their texts and bytes: about what V8 gives them. */
const momentBytes = 240;
const recordBytes = 640;
const changeBytes = 160;
const pointerBytes = 8;

/** Changed records after which a new checkpoint is made, at least; many records make checkpoints rarer. */
const fewestBetween = 256;

/** A whole state and what led on from it, moment by moment. */
interface Segment {
  readonly state: KeptState;
  readonly steps: { readonly moment: Moment; readonly delta: Delta }[];
  changedRecords: number;
  bytes: number;
}

/**
 * The past of one array: checkpoints, and between them what each operation changed. Records are shared with the array, so
 * a moment costs what it changed. The oldest segment is forgotten when the whole takes more than `memoryBytes`.
 */
export class Timeline {
  private readonly segments: Segment[] = [];
  private next = 0;
  private readonly recorder: ContentRecorder;
  /** What objects are called, so that one that is gone has its name. */
  private labels = new Map<string, string>();
  private readonly unsubscribe: () => void;
  /** Operations that changed something, and what they took, since the recording began. */
  private operations = 0;
  private operationBytes = 0;

  constructor(
    private readonly array: StorageArray,
    readonly memoryBytes: number,
  ) {
    this.recorder = new ContentRecorder(array.contents);
    this.begin({ kind: 'start' });
    this.unsubscribe = array.subscribe((events) => this.changed(events));
  }

  /** Ends the recording. */
  end(): void {
    this.unsubscribe();
    this.recorder.end();
  }

  /** Notes what changed nothing: a request, a fault. */
  note(content: MomentContent): void {
    this.add(content, noDelta, 2 * textLengthOf(content));
  }

  /** What the recording takes, reckoned, and what one operation took on average. */
  get use(): { readonly usedBytes: number; readonly bytesPerOperation: number } {
    const usedBytes = this.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    const bytesPerOperation = this.operations === 0 ? 0 : Math.round(this.operationBytes / this.operations);
    return { usedBytes, bytesPerOperation };
  }

  get first(): number {
    return this.segments[0]?.steps[0]?.moment.number ?? 0;
  }

  get last(): number {
    return this.next - 1;
  }

  /** The moments from a number on, at most so many. */
  moments(since: number, limit: number): Moment[] {
    const found: Moment[] = [];
    for (const { steps } of this.segments) {
      const from = Math.max(0, since - (steps[0]?.moment.number ?? 0));
      for (let index = from; index < steps.length && found.length < limit; index++) {
        const step = steps[index];
        if (step !== undefined) found.push(step.moment);
      }
    }
    return found;
  }

  moment(number: number): Moment | undefined {
    return this.moments(number, 1)[0];
  }

  /** The state at a moment: its records, and how its contents come about. Undefined for a moment that is not kept. */
  at(number: number): { readonly tables: SavedTables; readonly contents: ContentsThen } | undefined {
    const segment = this.segments.findLast(({ steps }) => (steps[0]?.moment.number ?? Infinity) <= number);
    if (segment === undefined || number > this.last) return undefined;
    const count = number - (segment.steps[0]?.moment.number ?? 0) + 1;
    const steps = segment.steps.slice(0, count);
    const tables = withChanges(
      segment.state.tables,
      steps.flatMap(({ delta }) => delta.records),
    );
    return { tables, contents: { state: segment.state, changes: steps.flatMap(({ delta }) => delta.contents) } };
  }

  private changed(events: readonly DomainEvent[]): void {
    const [replaced] = events.filter((event) => event.kind === 'replaced');
    if (replaced !== undefined) {
      this.begin({ kind: 'replaced', by: replaced.by });
      return;
    }
    const records: RecordDelta[] = [];
    const objects = [];
    for (const event of events) {
      const subject = subjectOf(event);
      if (subject === undefined) continue;
      const { table, ref, change } = subject;
      const after = this.array.tables[table].get(ref) as RecordDelta['after'];
      records.push({ table, ref, after });
      // Counters change with every new object: nobody looks for them.
      if (table !== 'counters') objects.push({ table, ref, label: this.label(ref, after), change });
    }
    const contents = this.recorder.take();
    const written = contents.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
    const unmapped = contents.reduce((sum, { change }) => sum + (change.op === 'unmap' ? change.length : 0), 0);
    const bytes = momentBytes + records.length * recordBytes + contents.reduce((sum, each) => sum + heldBy(each), 0);
    this.operations++;
    this.operationBytes += bytes;
    this.add({ kind: 'change', objects, bytes: written + unmapped }, { records, contents }, bytes - momentBytes);
    const segment = this.segments.at(-1);
    if (segment === undefined) return;
    segment.changedRecords += records.length;
    if (segment.changedRecords >= Math.max(fewestBetween, sizeOf(segment.state.tables) / 4)) this.checkpoint();
  }

  private label(ref: string, after: RecordDelta['after']): string {
    const before = this.labels.get(ref) ?? '';
    if (after === undefined) {
      this.labels.delete(ref);
      return before;
    }
    const label = labelOf(after);
    if (label !== before) this.labels.set(ref, label);
    return label;
  }

  private add(content: MomentContent, delta: Delta, bytes: number): void {
    const segment = this.segments.at(-1);
    if (segment === undefined) return;
    const moment = { number: this.next++, timeMs: this.array.now(), content };
    segment.steps.push({ moment, delta });
    segment.bytes += momentBytes + bytes;
    this.forgetBeyond(segment);
  }

  /** A segment that is too large by itself ends with a checkpoint, so that it can be forgotten. */
  private forgetBeyond(segment: Segment): void {
    if (segment.bytes > this.memoryBytes / 4 && segment.steps.length > 1) this.checkpoint();
    let { usedBytes } = this.use;
    while (this.segments.length > 1 && usedBytes > this.memoryBytes) usedBytes -= this.segments.shift()?.bytes ?? 0;
  }

  /** The state of the last moment once more, as a whole: what comes builds on it. */
  private checkpoint(): void {
    const last = this.segments.at(-1)?.steps.pop();
    if (last === undefined) return;
    const state = this.array.keep();
    const bytes = momentBytes + sizeOf(state.tables) * pointerBytes + state.contents.volumes.size * recordBytes;
    this.segments.push({ state, steps: [{ moment: last.moment, delta: noDelta }], changedRecords: 0, bytes });
  }

  private begin(content: MomentContent): void {
    const state = this.array.keep();
    this.recorder.take();
    this.labels = new Map();
    for (const [table, records] of Object.entries(state.tables))
      if (table !== 'events') for (const record of records) this.label(record.ref, record as never);
    const bytes = momentBytes + sizeOf(state.tables) * pointerBytes;
    const moment = { number: this.next++, timeMs: this.array.now(), content };
    this.segments.push({ state, steps: [{ moment, delta: noDelta }], changedRecords: 0, bytes });
  }
}

/** Contents of the past: those of a checkpoint, and what was done to them since. */
export interface ContentsThen {
  readonly state: KeptState;
  readonly changes: Delta['contents'];
}

function withChanges(tables: SavedTables, changes: readonly RecordDelta[]): SavedTables {
  const changed = new Map<TableName, Map<string, ArrayRecord>>();
  for (const { table, ref, after } of changes) {
    let records = changed.get(table);
    if (records === undefined) {
      records = new Map((tables[table] as readonly ArrayRecord[]).map((record) => [record.ref, record]));
      changed.set(table, records);
    }
    if (after === undefined) records.delete(ref);
    else records.set(ref, after as unknown as ArrayRecord);
  }
  const lists = Object.fromEntries([...changed].map(([table, records]) => [table, [...records.values()]]));
  return { ...tables, ...lists } as SavedTables;
}

/** The bytes themselves, and the pages that they took the place of, which the checkpoint still has. */
function heldBy({ data }: Delta['contents'][number]): number {
  const length = data?.byteLength ?? 0;
  return changeBytes + length + Math.ceil(length / pageBytes) * pageBytes;
}

function sizeOf(tables: SavedTables): number {
  return Object.values(tables).reduce((sum, records) => sum + records.length, 0);
}

function labelOf(record: RecordDelta['after']): string {
  if (record === undefined) return '';
  const { label, name, description } = record;
  return String(label ?? description ?? name ?? '');
}

function textLengthOf(content: MomentContent): number {
  if (content.kind === 'request') return content.url.length;
  return content.kind === 'note' ? content.text.length : 0;
}
