import { closeSync, openSync } from 'node:fs';
import { type FileHandle, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Mutex } from 'async-mutex';
import { type Disk, syncDirectory, systemDisk } from './disk.js';
import { generationAt, headerBytes, headerOf, isOfEarlierFormat, writeAll } from './log-file.js';
import { decodeRecord, type LogRecord, readRecords } from './log-records.js';

/** A place in a log: everything before it is meant. */
export interface LogPlace {
  readonly generation: number;
  readonly positionBytes: number;
}

/** A log of the next generation that is being written beside the present one. */
export interface Successor {
  readonly generation: number;
  readonly file: FileHandle;
  /** It holds all that the present log says up to here, counted as `marked` counts. */
  readonly marked: number;
  readonly sizeBytes: number;
}

interface Waiting {
  readonly record: Buffer;
  /** Where it ends, counted as `marked` counts. */
  readonly marked: number;
}

/** So much is written and flushed to the disk at a time. */
const mostBatchBytes = 8 * 2 ** 20;

/** When more waits to be written, further writes have to wait too. */
const mostWaitingBytes = 64 * 2 ** 20;

/**
 * A file that only grows at its end: records are gathered, written and flushed in groups. What is acknowledged is on
 * the disk; what cannot be written waits in memory and is tried again with all that comes later. A `Successor` takes
 * the log's place when it has grown far beyond what it is worth.
 */
export class BlockLog {
  private waiting: Waiting[] = [];
  /** Bytes ever appended, and those of them that are on the disk: marks do not change when a successor takes over. */
  private appendedBytes = 0;
  private durableBytes = 0;
  /** Where in the file the mark 0 would be. */
  private originBytes = 0;
  private flushing: Promise<void> | undefined;
  /** Held while the file is written, or replaced. */
  private readonly writing = new Mutex();
  private file: FileHandle | undefined;
  private present: string;
  private isFailing = false;
  generation = 0;
  /** Called after records came to be on the disk. */
  onGrowth: (() => void) | undefined;

  private constructor(
    readonly path: string,
    private readonly disk: Disk,
  ) {
    this.present = path;
  }

  /** A log without a file: its first successor makes one. */
  static empty(path: string, disk: Disk = systemDisk): BlockLog {
    const log = new BlockLog(path, disk);
    // A file that a lost state left behind must not be taken for one of ours.
    log.generation = Math.max(generationAt(path) ?? 0, generationAt(successorPath(path)) ?? 0);
    return log;
  }

  /**
   * The log of that generation: the file itself, or the one beside it if the process ended before it was renamed.
   * Undefined when there is none. `cut` is to be called once its records have been read.
   */
  static async existing(path: string, generation: number, disk: Disk = systemDisk): Promise<BlockLog | undefined> {
    const log = new BlockLog(path, disk);
    log.generation = generation;
    if (generationAt(path) !== generation) {
      if (generationAt(successorPath(path)) !== generation) return undefined;
      log.present = successorPath(path);
    }
    await log.takeName();
    await rm(successorPath(path), { force: true });
    log.file = await disk.open(path, 'r+');
    log.durableBytes = (await log.file.stat()).size;
    log.appendedBytes = log.durableBytes;
    return log;
  }

  /** Drops what follows a position: a record that was torn when the process ended. */
  async cut(positionBytes: number): Promise<void> {
    await this.file?.truncate(positionBytes);
    this.durableBytes = positionBytes;
    this.appendedBytes = positionBytes;
  }

  /** Whether records of before are as an earlier version wrote them. */
  get isOfEarlierFormat(): boolean {
    return this.file !== undefined && isOfEarlierFormat(this.present);
  }

  /** Whether there is no file yet. */
  get isMissing(): boolean {
    return this.file === undefined;
  }

  get sizeBytes(): number {
    return this.durableBytes + this.originBytes;
  }

  /** Counts the bytes that were appended so far. */
  get marked(): number {
    return this.appendedBytes;
  }

  /** Where a mark is in the file. */
  placeOf(marked: number): LogPlace {
    return { generation: this.generation, positionBytes: marked + this.originBytes };
  }

  /** Whether so much waits to be written that further writes should wait. */
  get isBehind(): boolean {
    return this.appendedBytes - this.durableBytes > mostWaitingBytes;
  }

  /** Whether more may be appended: not while much waits and the disk takes nothing. Trying again begins with this. */
  takesMore(): boolean {
    if (!this.isFailing || !this.isBehind) return true;
    this.flushSoon();
    return false;
  }

  append(record: Buffer): void {
    this.appendedBytes += record.length;
    this.waiting.push({ record, marked: this.appendedBytes });
    this.flushSoon();
  }

  /** Resolves once everything up to a mark is on the disk. Rejects with the system's error. */
  async synced(marked: number = this.appendedBytes): Promise<void> {
    while (this.durableBytes < marked) await this.flushed();
  }

  /** All records in order, those that still wait included. */
  *records(): Generator<LogRecord> {
    if (this.file !== undefined) {
      const file = openSync(this.present, 'r');
      try {
        yield* readRecords(file, headerBytes, this.sizeBytes);
      } finally {
        closeSync(file);
      }
    }
    for (const { record, marked } of this.waiting) {
      const decoded = decodeRecord(record, marked + this.originBytes);
      if (decoded !== undefined) yield decoded;
    }
  }

  /**
   * Writes a log of the next generation that says in `records` what this one says up to now. What is appended
   * meanwhile still goes to this one. Rejects with the system's error.
   */
  async prepare(records: Iterable<Buffer>): Promise<Successor> {
    const marked = this.appendedBytes;
    await this.takeName();
    const path = successorPath(this.path);
    // Never written over in place: the last one may be what a state file refers to.
    await rm(path, { force: true });
    const generation = this.generation + 1;
    const file = await this.disk.open(path, 'wx+');
    try {
      let sizeBytes = 0;
      const add = async (batch: readonly Buffer[]) => {
        const bytes = Buffer.concat(batch);
        await writeAll(file, bytes, sizeBytes);
        sizeBytes += bytes.length;
      };
      let batch = [headerOf(generation)];
      let batchBytes = headerBytes;
      for (const record of records) {
        batch.push(record);
        batchBytes += record.length;
        if (batchBytes < mostBatchBytes) continue;
        await add(batch);
        batch = [];
        batchBytes = 0;
      }
      await add(batch);
      await file.datasync();
      return { generation, file, marked, sizeBytes };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** A successor that is not wanted any more. */
  async discard({ file }: Successor): Promise<void> {
    await file.close().catch(() => undefined);
    await rm(successorPath(this.path), { force: true }).catch(() => undefined);
  }

  /**
   * Lets a successor take over: it gets what was appended since, then `commit` makes the state refer to it. While that
   * goes on nothing is acknowledged, as only then it is decided which of the two files counts. Rejects when either
   * fails: the successor is discarded and this log goes on.
   */
  async succeed(successor: Successor, commit: (placeOf: (marked: number) => LogPlace) => Promise<void>): Promise<void> {
    await this.writing.runExclusive(async () => {
      const { file, generation } = successor;
      const originBytes = successor.sizeBytes - successor.marked;
      try {
        await this.copyTail(successor);
        const later = this.waiting.filter(({ marked }) => marked > successor.marked);
        const covered = this.appendedBytes;
        const bytes = Buffer.concat(later.map(({ record }) => record));
        await writeAll(file, bytes, covered + originBytes - bytes.length);
        await file.datasync();
        await syncDirectory(dirname(this.path), this.disk);
        await commit((marked) => ({ generation, positionBytes: marked + originBytes }));
        this.waiting = this.waiting.filter(({ marked }) => marked > covered);
        this.durableBytes = covered;
      } catch (error) {
        await this.discard(successor);
        throw error;
      }
      await this.file?.close().catch(() => undefined);
      this.file = file;
      this.generation = generation;
      this.originBytes = originBytes;
      this.present = successorPath(this.path);
      this.isFailing = false;
      // If this fails the file is found under its first name.
      await this.takeName().catch(() => undefined);
    });
    if (this.waiting.length > 0) this.flushSoon();
  }

  /** Lets go of the file; what was not synced before is lost. */
  async close(): Promise<void> {
    await this.writing.runExclusive(async () => {
      await this.file?.close();
      this.file = undefined;
    });
  }

  private async takeName(): Promise<void> {
    if (this.present === this.path) return;
    await this.disk.rename(this.present, this.path);
    this.present = this.path;
    await syncDirectory(dirname(this.path), this.disk);
  }

  /** What the present file holds beyond the successor's mark. */
  private async copyTail(successor: Successor): Promise<void> {
    if (this.file === undefined) return;
    for (let marked = successor.marked; marked < this.durableBytes; ) {
      const bytes = Buffer.allocUnsafe(Math.min(mostBatchBytes, this.durableBytes - marked));
      const { bytesRead } = await this.file.read(bytes, 0, bytes.length, marked + this.originBytes);
      if (bytesRead === 0) throw new Error(`${this.present} ends before it should`);
      await writeAll(successor.file, bytes.subarray(0, bytesRead), marked - successor.marked + successor.sizeBytes);
      marked += bytesRead;
    }
  }

  private flushSoon(): void {
    if (this.file !== undefined) this.flushed().catch(() => undefined);
  }

  private flushed(): Promise<void> {
    this.flushing ??= this.flush().finally(() => {
      this.flushing = undefined;
      if (!this.isFailing && this.waiting.length > 0) this.flushSoon();
    });
    return this.flushing;
  }

  /** Writes one group: all that is appended in this turn of the event loop. */
  private async flush(): Promise<void> {
    await Promise.resolve();
    await this.writing.runExclusive(async () => {
      const { file } = this;
      if (file === undefined) throw new Error(`${this.path} is not written yet`);
      const batch = this.nextBatch();
      const last = batch.at(-1);
      if (last === undefined) return;
      const position = this.sizeBytes;
      try {
        await writeAll(file, Buffer.concat(batch.map(({ record }) => record)), position);
        await file.datasync();
      } catch (error) {
        this.isFailing = true;
        // Else parts of what was to be written would stand behind what is written next.
        await file.truncate(position).catch(() => undefined);
        throw error;
      }
      this.isFailing = false;
      this.waiting.splice(0, batch.length);
      this.durableBytes = last.marked;
    });
    this.onGrowth?.();
  }

  private nextBatch(): readonly Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ record }) => {
      bytes += record.length;
      return bytes > mostBatchBytes;
    });
    return end < 0 ? this.waiting.slice() : this.waiting.slice(0, Math.max(1, end));
  }
}

function successorPath(path: string): string {
  return `${path}.new`;
}
