import { Mutex } from 'async-mutex';
import { type Adapter, Low } from 'lowdb';
import { BlockLog, type LogPlace, type Successor } from './block-log.js';
import type { Disk } from './disk.js';
import { type ArraysById, KeptContents } from './kept-contents.js';
import { damageIn, keepCopies, orphanedLog } from './recovery.js';
import { DurableFile, StateFileError } from './state-file.js';
import { type SavedState, stateText } from './state-text.js';
import { StoreError } from './store-error.js';

/** The process whose state is kept. */
export interface Keeper {
  /** Grows with every change: equal numbers mean that nothing changed. */
  version(): number;
  /** Grows with every change that is more than bytes written to volumes. */
  structureVersion(): number;
  /** The state without what is on the volumes. */
  save(): SavedState;
  /** Goes back to a state; nothing is on the volumes when it does not say what. */
  restore(state: SavedState): void;
  arrays(): ArraysById;
  /** Calls back after arrays came or went. */
  subscribe(watcher: () => void): void;
}

export interface StateStoreOptions {
  /** A log that is smaller is not worth rewriting, in bytes. */
  readonly leastLogBytes?: number;
  /** What the files are written with; the operating system's disk by default. */
  readonly disk?: Disk;
  /** Goes on with what is readable of a damaged log; copies of the files are kept. */
  readonly recover?: boolean;
}

/**
 * Keeps the state of a process in a file, and what is on the volumes in a log beside it. Changes are written in groups:
 * changes made while a write is going on are covered by the next one. When a write fails, what it was to hold is taken
 * back, so that memory never holds more than the files, and the waiting requests fail.
 *
 * The state says up to where in the log it is meant. What hosts write after that is acknowledged when it is in the log:
 * it is written once more to the volumes of that state. Any other change is acknowledged with the next state.
 */
export class StateStore {
  private readonly low: Low<SavedState | null>;
  private readonly leastLogBytes: number;
  private log: BlockLog;
  private contents: KeptContents;
  private durableVersion = -1;
  private durableStructure = -1;
  private durableMark = 0;
  private durableState: SavedState | null = null;
  private writing: Promise<void> | undefined;
  /** What follows the state in the log is not how the contents came to be: the next state needs a new log. */
  private isAstray = true;
  /** A smaller log that is ready to take over. */
  private ready: Successor | undefined;
  private shrinking: Promise<void> | undefined;
  private lookAtBytes: number;
  /** Held while a successor of the log is made or takes over. */
  private readonly succession = new Mutex();
  private isFollowing = true;
  private dropped: string | undefined;

  private constructor(
    private readonly path: string,
    adapter: DurableFile<SavedState>,
    private readonly options: StateStoreOptions,
  ) {
    this.low = new Low<SavedState | null>(adapter as Adapter<SavedState | null>, null);
    this.leastLogBytes = options.leastLogBytes ?? 64 * 2 ** 20;
    this.lookAtBytes = this.leastLogBytes;
    this.log = BlockLog.empty(this.logPath, options.disk);
    this.contents = new KeptContents(this.log);
  }

  /**
   * Opens a state file; `state` is what it holds, null for a new one. Throws StateFileError when it is damaged, or when
   * there is none but a log of one.
   */
  static async open(
    path: string,
    options: StateStoreOptions = {},
  ): Promise<{ store: StateStore; state: SavedState | null }> {
    const store = new StateStore(path, new DurableFile<SavedState>(path, stateText, options.disk), options);
    await store.low.read();
    const state = store.low.data;
    if (state?.blocks === undefined) store.takeOrphan(state !== null);
    return { store, state };
  }

  /** What `recover` dropped, in a sentence; undefined when nothing was. */
  get recovered(): string | undefined {
    return this.dropped;
  }

  private get logPath(): string {
    return `${this.path}.blocks`;
  }

  /**
   * The keeper is as the state says, or new without one: its arrays get their contents, and nothing is to be written
   * until it changes. Throws StateFileError when the log of the state is missing or damaged.
   */
  async begin(keeper: Keeper, state: SavedState | null): Promise<void> {
    if (state?.blocks !== undefined) await this.resume(keeper.arrays(), state.blocks);
    this.contents.attach(keeper.arrays());
    this.log.onGrowth = () => this.grew(keeper);
    keeper.subscribe(() => {
      if (this.isFollowing) this.contents.follow(keeper.arrays());
    });
    if (state === null) return;
    this.durableState = state;
    this.wrote(keeper.version(), keeper.structureVersion());
  }

  /** Writes what is to be written before anything is acknowledged. Rejects with StoreError when a new state cannot be. */
  async writeFirst(keeper: Keeper): Promise<void> {
    if (!this.isAstray) return;
    const written = this.written(keeper);
    // Of what was there before nothing is lost: it goes on, and is written with the next change.
    const isNeeded = this.durableState === null || this.dropped !== undefined;
    await (isNeeded ? written : written.catch(() => undefined));
  }

  /**
   * Resolves once everything changed so far is in the files; where nothing changed since a version, once all but bytes of
   * hosts is. Rejects with StoreError when it cannot be.
   */
  async durable(keeper: Keeper, sinceVersion?: number): Promise<void> {
    const wanted = keeper.structureVersion();
    const { marked } = this.log;
    const isUnchanged = keeper.version() === sinceVersion;
    while (this.durableStructure < wanted || this.log.isMissing) await this.written(keeper);
    if (isUnchanged) return;
    await this.log.synced(marked).catch((error: NodeJS.ErrnoException) => {
      throw new StoreError(`The bytes could not be written to '${this.logPath}' (${error.code ?? error.message}).`);
    });
  }

  /** Whether so much is still to be written that further writes should wait. */
  get isBehind(): boolean {
    return this.log.isBehind;
  }

  /** Writes what there is to write and lets go of the files. */
  async close(keeper: Keeper): Promise<void> {
    try {
      await this.durable(keeper);
      await this.shrinking;
      while (this.durableVersion < keeper.version()) await this.written(keeper);
    } finally {
      await this.release();
    }
  }

  /** Lets go of the files as they are. */
  async release(): Promise<void> {
    this.contents.detach();
    if (this.ready !== undefined) await this.log.discard(this.ready);
    this.ready = undefined;
    await this.log.close();
  }

  private async resume(arrays: ArraysById, place: LogPlace): Promise<void> {
    const log = await BlockLog.existing(this.logPath, place.generation, this.options.disk).catch(
      (error: NodeJS.ErrnoException) => {
        throw new StateFileError(`${this.logPath}: cannot be read or written (${error.code ?? error.message})`);
      },
    );
    if (log === undefined)
      throw new StateFileError(
        `${this.logPath}: is missing or not the one that ${this.path} belongs to; move both away to start afresh`,
      );
    this.log = log;
    this.contents = new KeptContents(log);
    const { endBytes, isReached, isSame } = this.replayed(arrays, place);
    const damage = damageIn(this.path, { endBytes, stateBytes: isReached ? 0 : place.positionBytes });
    if (damage !== undefined) {
      if (this.options.recover !== true) {
        await log.close();
        throw new StateFileError(damage.refusal);
      }
      this.dropped = damage.dropped(await keepCopies(this.path, ['', '.blocks']));
    }
    await log.cut(endBytes);
    this.durableMark = place.positionBytes;
    this.isAstray = !isSame || this.dropped !== undefined || log.isOfEarlierFormat;
    for (const array of arrays.values()) array.setResetBaseline();
  }

  /** A log without the state that it belongs to is not overwritten. */
  private takeOrphan(hasState: boolean): void {
    const orphan = orphanedLog(this.path, hasState);
    if (orphan === undefined) return;
    if (this.options.recover !== true) throw new StateFileError(orphan.refusal);
    this.dropped = orphan.setAside();
  }

  private replayed(arrays: ArraysById, place: LogPlace): ReturnType<KeptContents['replay']> {
    try {
      return this.contents.replay(arrays, place.positionBytes);
    } catch (error) {
      throw new StateFileError(
        `${this.logPath}: does not fit ${this.path} (${(error as Error).message}); move both away to start afresh, they were left as they are`,
      );
    }
  }

  private written(keeper: Keeper): Promise<void> {
    this.writing ??= this.write(keeper).finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  private async write(keeper: Keeper): Promise<void> {
    // All changes of this turn of the event loop are in the same group.
    await Promise.resolve();
    try {
      if (!this.isAstray && this.ready === undefined) await this.writeState(keeper);
      else await this.succession.runExclusive(() => this.writeStateWith(keeper));
    } catch (error) {
      this.takeBack(keeper);
      const { code, message } = error as NodeJS.ErrnoException;
      throw new StoreError(`The change could not be kept in '${this.path}' (${code ?? message}) and was taken back.`);
    }
  }

  private async writeState(keeper: Keeper): Promise<void> {
    const taken = this.taken(keeper);
    await this.log.synced(taken.marked);
    await this.put(taken, this.log.placeOf(taken.marked));
  }

  /** Writes the state together with a new log. */
  private async writeStateWith(keeper: Keeper): Promise<void> {
    const successor = this.isAstray ? await this.prepare() : this.ready;
    this.ready = undefined;
    if (successor === undefined) return this.writeState(keeper);
    const taken = this.taken(keeper);
    await this.log.succeed(successor, (placeOf) => this.put(taken, placeOf(taken.marked)));
    this.isAstray = false;
    this.lookAtBytes = Math.max(this.leastLogBytes, 2 * this.log.sizeBytes);
  }

  private taken(keeper: Keeper) {
    return {
      version: keeper.version(),
      structureVersion: keeper.structureVersion(),
      marked: this.log.marked,
      state: keeper.save(),
    };
  }

  private async put(
    { version, structureVersion, marked, state }: ReturnType<StateStore['taken']>,
    blocks: LogPlace,
  ): Promise<void> {
    const whole = { ...state, blocks };
    this.low.data = whole;
    await this.low.write();
    this.durableState = whole;
    this.durableMark = marked;
    this.wrote(version, structureVersion);
  }

  private wrote(version: number, structureVersion: number): void {
    this.durableVersion = version;
    this.durableStructure = structureVersion;
  }

  private async prepare(): Promise<Successor> {
    if (this.ready !== undefined) await this.log.discard(this.ready);
    this.ready = undefined;
    return this.log.prepare(this.contents.records());
  }

  /** Goes back to the last state in the file, as a start would, and does again what hosts wrote since. */
  private takeBack(keeper: Keeper): void {
    const state = this.durableState;
    if (state === null || keeper.structureVersion() === this.durableStructure) return;
    const isUntouched = this.log.marked === this.durableMark;
    const before = new Map([...keeper.arrays()].map(([id, array]) => [id, array.contents.trees()]));
    const present = new Set(keeper.arrays().values());
    this.contents.detach();
    this.isFollowing = false;
    try {
      keeper.restore(state);
    } finally {
      this.isFollowing = true;
    }
    const arrays = keeper.arrays();
    if (isUntouched) {
      for (const [id, array] of arrays) {
        const trees = before.get(id);
        if (trees !== undefined) array.contents.adopt(trees);
      }
    } else {
      this.contents.replay(arrays, state.blocks?.positionBytes ?? 0);
      this.isAstray = true;
    }
    for (const array of arrays.values()) if (!present.has(array)) array.setResetBaseline();
    this.contents.attach(arrays);
    this.wrote(keeper.version(), keeper.structureVersion());
  }

  /** Records were added to the log: when most of it is not worth keeping, a smaller one is made. */
  private grew(keeper: Keeper): void {
    if (this.log.sizeBytes < this.lookAtBytes || this.shrinking !== undefined || this.isAstray) return;
    this.lookAtBytes = Math.max(this.leastLogBytes, 2 * this.contents.liveBytes);
    if (this.log.sizeBytes < this.lookAtBytes) return;
    // Not at once again if it fails.
    this.lookAtBytes = 2 * this.log.sizeBytes;
    this.shrinking = this.shrink(keeper)
      .catch(() => undefined)
      .finally(() => {
        this.shrinking = undefined;
      });
  }

  private async shrink(keeper: Keeper): Promise<void> {
    await this.succession.runExclusive(async () => {
      this.ready = await this.prepare();
    });
    while (this.ready !== undefined) await this.written(keeper);
  }
}
