import type { ArrayAdminClient } from '../arrays/array-admin-client.js';
import type { Database } from '../manager/database.js';
import type {
  AttachmentRecord,
  ConnectorRecord,
  GroupRecord,
  GroupSnapshotRecord,
  SnapshotRecord,
  VolumeRecord,
  VolumeTypeRecord,
} from '../manager/records.js';
import { labelOf, nameIdOf } from '../oracle/labels.js';
import type { Sightings } from '../oracle/sightings.js';

export type AnyRecord = VolumeRecord | SnapshotRecord | GroupRecord | GroupSnapshotRecord | AttachmentRecord;

/** A step means something that is not there; a mistake of the story, not of the driver. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** The volume manager refuses a step, as Cinder's API refuses the request: the driver is not called. */
export class RefusedStep extends StoryError {}

/** Cinder's scheduler would not give the step's volume to this driver: see `specNotOffered`. */
export class NotOffered extends StoryError {}

/** How a host reached a volume: it is tried again after it was detached. */
export interface Connection {
  readonly info: Readonly<Record<string, unknown>>;
  readonly connector: ConnectorRecord;
}

/** Who is who in a story: its own names, and the records and array objects behind them. */
export class SymbolTable {
  private readonly records = new Map<string, AnyRecord>();
  private readonly refs = new Map<string, string>();
  private readonly connections = new Map<string, Connection>();
  private readonly answers = new Map<string, unknown>();
  private readonly leftOut = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly sightings: Sightings,
    private readonly newId: () => string,
  ) {}

  /** Names a record. */
  add(name: string | undefined, record: AnyRecord | undefined): void {
    if (name === undefined || record === undefined) return;
    this.records.set(name, record);
    this.leftOut.delete(name);
  }

  /** Names an object of the array, or a fault rule. */
  addRef(name: string, ref: string): void {
    this.refs.set(name, ref);
  }

  /** Names what a call past the volume manager answered. */
  addAnswer(name: string, answer: unknown): void {
    this.answers.set(name, answer);
  }

  /** What is at a place in an answer, e.g. `page.0.reference`; undefined where there is no such answer. */
  answerAt(path: string): unknown {
    const [name = '', ...keys] = path.split('.');
    return keys.reduce<unknown>(
      (value, key) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[key],
      this.answers.get(name),
    );
  }

  connected(volume: SymbolName, host: string, connection: Connection): void {
    this.connections.set(`${String(volume)}@${host}`, connection);
  }

  /** How a host reached a volume the last time; undefined when it never did. */
  connectionOf(volume: SymbolName, host: string): Connection | undefined {
    return this.connections.get(`${String(volume)}@${host}`);
  }

  ref(name: string): string | undefined {
    return this.refs.get(name);
  }

  /** Whether a name stands for a record, be it destroyed by now. */
  has(name: string): boolean {
    return this.records.has(name);
  }

  record(name: SymbolName): AnyRecord {
    const record = typeof name === 'string' ? this.records.get(name) : undefined;
    if (record === undefined)
      throw new StoryError(
        `nothing is called '${String(name)}': known are ${[...this.records.keys()].join(', ') || 'none'}`,
      );
    return record;
  }

  volume(name: SymbolName): VolumeRecord {
    return this.ofTable(this.database.volumes, 'volume', name);
  }

  snapshot(name: SymbolName): SnapshotRecord {
    return this.ofTable(this.database.snapshots, 'snapshot', name);
  }

  group(name: SymbolName): GroupRecord {
    return this.ofTable(this.database.groups, 'group', name);
  }

  groupSnapshot(name: SymbolName): GroupSnapshotRecord {
    return this.ofTable(this.database.groupSnapshots, 'group snapshot', name);
  }

  volumeById(id: string): VolumeRecord {
    const volume = this.database.volumes.get(id);
    if (volume === undefined) throw new StoryError(`there is no volume ${id}`);
    return volume;
  }

  /** The live attachment of a volume to a host; undefined when there is none. */
  attachmentOf(volume: SymbolName, host: string): AttachmentRecord | undefined {
    const { id } = this.volume(volume);
    return [...this.database.attachments.values()].find(
      (attachment) => attachment.volume_id === id && attachment.connector?.host === host,
    );
  }

  /** The volume type with these extra specs. */
  type(specs: Readonly<Record<string, string>>): VolumeTypeRecord {
    const wanted = JSON.stringify(specs);
    const known = [...this.database.volumeTypes.values()].find(
      ({ extra_specs }) => JSON.stringify(extra_specs) === wanted,
    );
    if (known !== undefined) return known;
    const type = { id: this.newId(), name: `type-${this.database.volumeTypes.size + 1}`, extra_specs: specs };
    this.database.volumeTypes.set(type.id, type);
    return type;
  }

  /** The story's name of a record. */
  nameOf(id: string): string {
    for (const [name, record] of this.records) if (record.id === id) return name;
    return id;
  }

  /** What would have this name is never made: it counts as gone. */
  leaveOut(name: string): void {
    this.leftOut.add(name);
  }

  /** Whether the step that would have made what has this name, or what this is a part of (`snap.vol`), was left out. */
  isLeftOut(name: string): boolean {
    if (this.leftOut.has(name)) return true;
    return !this.records.has(name) && name.split(/[.@]/).some((part) => this.leftOut.has(part));
  }

  /** The status of what a name stands for; 'gone' when its record is destroyed. */
  statusOf(name: string): string {
    if (this.isLeftOut(name)) return 'gone';
    const record = this.record(name);
    const tables = [
      this.database.volumes,
      this.database.snapshots,
      this.database.groups,
      this.database.groupSnapshots,
      this.database.attachments,
    ] as const;
    for (const table of tables) {
      const found = table.get(record.id);
      if (found !== undefined) return 'status' in found ? found.status : found.attach_status;
    }
    return 'gone';
  }

  /**
   * A value in which `{name}` stands for the reference of that object on the array, `{name:label}` for its label,
   * `{name:id}` for the id of its record,
   * `{name:id-label}` for the label that the record's own id would give it after a migration,
   * `{name:group}` for the snapshot group of a snapshot, `{name:mapping}` for the mapping of a volume, `{name:lun}` for its
   * LUN, a number where the text is just that, and `{name:host}` for the host object of a host of the story. A text that is
   * just `{name.0.reference}` is that place of an answer.
   */
  async filledIn(value: unknown, admin: ArrayAdminClient): Promise<unknown> {
    if (typeof value === 'string') {
      const answered = this.answerAt(/^\{(\w[\w.-]*)\}$/.exec(value)?.[1] ?? '');
      if (answered !== undefined) return answered;
      const filled = await this.filledText(value, admin);
      return /^\{[A-Za-z][\w.-]*:lun\}$/.test(value) ? Number(filled) : filled;
    }
    if (Array.isArray(value)) return Promise.all(value.map((each) => this.filledIn(each, admin)));
    if (typeof value !== 'object' || value === null) return value;
    const filled: Record<string, unknown> = {};
    for (const [name, each] of Object.entries(value)) filled[name] = await this.filledIn(each, admin);
    return filled;
  }

  private async filledText(text: string, admin: ArrayAdminClient): Promise<string> {
    let filled = text;
    for (const [written, name = '', wanted] of text.matchAll(
      /\{([A-Za-z][\w.-]*)(?::(label|id|id-label|group|mapping|lun|host))?\}/g,
    )) {
      filled = filled.replace(written, await this.meant(name, wanted, admin));
    }
    return filled;
  }

  private async meant(name: string, wanted: string | undefined, admin: ArrayAdminClient): Promise<string> {
    if (wanted === 'group') {
      const image = await admin.get<{ pitGroupRef: string }>(
        `snapshot-images/${await this.onArray(name, false, admin)}`,
      );
      return image.pitGroupRef;
    }
    if (wanted === 'mapping' || wanted === 'lun') {
      const volume = await this.onArray(name, false, admin);
      const mappings =
        await admin.get<{ volumeRef: string; lunMappingRef: string; lun: number | string }[]>('volume-mappings');
      const mapping = mappings.find(({ volumeRef }) => volumeRef === volume);
      if (mapping === undefined) throw new StoryError(`'${name}' is not mapped`);
      return wanted === 'lun' ? String(mapping.lun) : mapping.lunMappingRef;
    }
    if (wanted === 'host') {
      type Host = { hostRef: string; hostSidePorts: readonly { address: string }[] };
      const host = (await admin.get<Host[]>('hosts')).find(({ hostSidePorts }) =>
        hostSidePorts.some(({ address }) => address.endsWith(`:${name}`)),
      );
      if (host === undefined) throw new StoryError(`the array has no host with the initiator of '${name}'`);
      return host.hostRef;
    }
    if (wanted === 'id') return this.record(name).id;
    if (wanted === 'id-label') return this.labelOf(this.record(name).id);
    return this.onArray(name, wanted === 'label', admin);
  }

  private async onArray(name: string, wantsLabel: boolean, admin: ArrayAdminClient): Promise<string> {
    const known = this.refs.get(name);
    if (known !== undefined) return known;
    const record = this.record(name);
    if ('volume_size' in record) return this.sightings.image(record.id) ?? record.provider_id ?? record.id;
    const isVolume = 'size' in record;
    const id = isVolume ? nameIdOf(record) : record.id;
    const label = this.labelOf(id);
    if (wantsLabel) return label;
    const seen = isVolume ? this.sightings.volume(id) : this.sightings.group(id);
    const objects = await this.listed(admin, isVolume ? ['volumes', 'thin-volumes'] : ['consistency-groups']);
    const found = objects.find((each) => each.label === label) ?? objects.find((each) => each.id === seen);
    if (found === undefined)
      throw new StoryError(`the array has no ${isVolume ? 'volume' : 'consistency group'} '${label}' (${name})`);
    return found.id;
  }

  /** The label that the driver gave the volume or group of an id; the documented one where none was seen. */
  private labelOf(id: string): string {
    return this.sightings.labelOf(id) ?? labelOf(id);
  }

  private async listed(admin: ArrayAdminClient, paths: readonly string[]): Promise<{ id: string; label: string }[]> {
    const lists = await Promise.all(paths.map((path) => admin.get<{ id: string; label: string }[]>(path)));
    return lists.flat();
  }

  private ofTable<Row extends AnyRecord>(table: ReadonlyMap<string, Row>, what: string, name: SymbolName): Row {
    const { id } = this.record(name);
    const row = table.get(id);
    if (row === undefined) throw new StoryError(`'${String(name)}' is no ${what}, or is gone`);
    return row;
  }
}

export type SymbolName = string | readonly string[] | undefined;
