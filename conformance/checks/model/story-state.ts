import type { AttachmentRecord, SnapshotRecord, VolumeRecord } from '../../manager/records.js';
import type { Play } from '../../scenario/play.js';

/** A record under its name in the story. */
export interface Named<Row> {
  readonly name: string;
  readonly row: Row;
}

/**
 * What a model knows of a story as it is played: who is there, by the story's names, and what volumes and snapshots hold.
 * Records are read from the database each time; only contents are kept here, as nothing else knows them.
 */
export class StoryState {
  private readonly counts = new Map<string, number>();
  private readonly given: string[] = [];
  /** The pattern at the beginning of a volume or snapshot, by name; what is not here is not known. */
  readonly contents = new Map<string, string>();
  /** Volumes that were made by hand and are still there. */
  readonly foreign = new Map<string, { readonly label: string; readonly pool: string }>();
  /** The mappings that they have. */
  readonly foreignMappings = new Map<string, string>();
  readonly foreignLuns = new Set<number>();
  /** References of pools by label. */
  readonly poolRefs = new Map<string, string>();
  /** A host that was there before the drivers. */
  hostRef: string | undefined;

  constructor(readonly play: Play) {}

  /** Looks at what an administrator would look at before the story begins. */
  async begin(): Promise<void> {
    const { admin } = this.play.harness;
    for (const { id, label } of await admin.get<{ id: string; label: string }[]>('storage-pools'))
      this.poolRefs.set(label, id);
    this.hostRef = (await admin.get<{ hostRef: string }[]>('hosts'))[0]?.hostRef;
  }

  /** A name that nothing has had. */
  newName(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const name = `${kind}${count}`;
    this.given.push(name);
    return name;
  }

  /** Names that a step gives by itself, such as those of a group snapshot's members. */
  alsoGiven(name: string): void {
    this.given.push(name);
  }

  get volumes(): Named<VolumeRecord>[] {
    return this.of(this.play.harness.database.volumes);
  }

  get snapshots(): Named<SnapshotRecord>[] {
    return this.of(this.play.harness.database.snapshots);
  }

  get groups() {
    return this.of(this.play.harness.database.groups);
  }

  get groupSnapshots() {
    return this.of(this.play.harness.database.groupSnapshots);
  }

  snapshotsOf(volume: VolumeRecord): SnapshotRecord[] {
    return this.play.harness.database.snapshotsOf(volume);
  }

  attachmentsOf(volume: VolumeRecord): AttachmentRecord[] {
    return this.play.harness.database.attachmentsOf(volume);
  }

  statusOf(name: string): string {
    return this.play.symbols.has(name) ? this.play.symbols.statusOf(name) : 'gone';
  }

  private of<Row extends { readonly id: string }>(table: ReadonlyMap<string, Row>): Named<Row>[] {
    const { symbols } = this.play;
    return this.given.flatMap((name) => {
      const row = symbols.has(name) ? table.get(symbols.record(name).id) : undefined;
      return row === undefined ? [] : [{ name, row }];
    });
  }
}
