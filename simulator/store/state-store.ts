import { crc32 } from 'node:zlib';
import { type Adapter, Low } from 'lowdb';
import type { SavedArray } from '../array/storage-array.js';
import { RestError } from '../rest/errors.js';
import { DurableFile, type TextForm } from './state-file.js';

interface SavedSystem {
  readonly id: string;
  readonly saved: SavedArray | null;
  readonly controllerAddresses: readonly string[];
  readonly tags: readonly { readonly key: string; readonly valueList: readonly string[] }[];
  readonly online: boolean;
}

/** What a state file holds: the arrays and systems of a process. */
export interface SavedState {
  /** The arrays' time when it was written, for a manual clock to go on from. */
  readonly clockMs: number;
  readonly systems: readonly SavedSystem[];
}

/** The process whose state is kept. */
export interface Keeper {
  /** Grows with every change: equal numbers mean that nothing changed. */
  version(): number;
  save(): SavedState;
  restore(state: SavedState): void;
}

/**
 * Keeps the state of a process in a file. Changes are written in groups: whoever waits while a write is going on is
 * covered by the next one. When a write fails, what it was to hold is taken back, so that memory never holds more than
 * the file, and whoever waits is told.
 */
export class StateStore {
  private readonly low: Low<SavedState | null>;
  private durableVersion = -1;
  private durableState: SavedState | null = null;
  private writing: Promise<void> | undefined;

  private constructor(
    private readonly path: string,
    adapter: DurableFile<SavedState>,
  ) {
    this.low = new Low<SavedState | null>(adapter as Adapter<SavedState | null>, null);
  }

  /** Opens a state file; `state` is what it holds, null for a new one. Throws StateFileError when it is damaged. */
  static async open(path: string): Promise<{ store: StateStore; state: SavedState | null }> {
    const store = new StateStore(path, new DurableFile<SavedState>(path, stateText));
    await store.low.read();
    return { store, state: store.low.data };
  }

  /** The keeper is as the file says: nothing is to be written until it changes. */
  resumed(keeper: Keeper, state: SavedState): void {
    this.durableVersion = keeper.version();
    this.durableState = state;
  }

  /** Resolves once everything changed so far is in the file. Rejects with RestError unavailable when it cannot be. */
  async durable(keeper: Keeper): Promise<void> {
    const wanted = keeper.version();
    while (this.durableVersion < wanted) {
      this.writing ??= this.write(keeper).finally(() => {
        this.writing = undefined;
      });
      await this.writing;
    }
  }

  private async write(keeper: Keeper): Promise<void> {
    // Whoever changed something in this turn is in the same group.
    await Promise.resolve();
    const version = keeper.version();
    const state = keeper.save();
    this.low.data = state;
    try {
      await this.low.write();
      this.durableVersion = version;
      this.durableState = state;
    } catch (error) {
      if (this.durableState !== null) keeper.restore(this.durableState);
      this.durableVersion = keeper.version();
      const { code, message } = error as NodeJS.ErrnoException;
      throw new RestError(
        'unavailable',
        `The change could not be kept in '${this.path}' (${code ?? message}) and was taken back.`,
      );
    }
  }
}

/**
 * The state as JSON with a checksum of all that follows it, so that damage is found even where it leaves JSON behind.
 * Every record's text is made once: a write after one change is cheap.
 */
const stateText: TextForm<SavedState> = {
  serialize(state) {
    const systems = state.systems.map(({ saved, ...system }) => {
      const rest = JSON.stringify(system).slice(0, -1);
      return `${rest},"saved":${saved === null ? 'null' : serializeArray(saved)}}`;
    });
    const body = `"clockMs":${state.clockMs},"systems":[${systems.join(',\n')}]}\n`;
    return `{"format":1,"crc32":"${checksum(body)}",\n${body}`;
  },
  parse(text) {
    const [head, sum] = /^\{"format":1,"crc32":"([0-9a-f]{8})",\n/.exec(text) ?? [];
    if (head === undefined) throw new Error('is no state file of format 1');
    const body = text.slice(head.length);
    if (checksum(body) !== sum) throw new Error('is damaged (its checksum is not that of its content)');
    return JSON.parse(`{${body}`) as SavedState;
  },
};

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

const recordTexts = new WeakMap<object, string>();

function serializeArray(saved: SavedArray): string {
  const tables = Object.entries(saved.tables).map(
    ([name, records]) => `${JSON.stringify(name)}:[${(records as object[]).map(textOf).join(',\n')}]`,
  );
  const contents = saved.contents === undefined ? '' : `,\n"contents":${textOf(saved.contents)}`;
  return `{"format":1,"tables":{${tables.join(',\n')}}${contents}}`;
}

function textOf(record: object): string {
  let text = recordTexts.get(record);
  if (text === undefined) {
    text = JSON.stringify(record);
    recordTexts.set(record, text);
  }
  return text;
}
