import { Low } from 'lowdb';
import type { SavedArray } from '../array/storage-array.js';
import { RestError } from '../rest/errors.js';
import { DurableFile, StateFileError } from './state-file.js';

interface SavedSystem {
  readonly id: string;
  readonly saved: SavedArray | null;
  readonly controllerAddresses: readonly string[];
  readonly tags: readonly { readonly key: string; readonly valueList: readonly string[] }[];
  readonly online: boolean;
}

/** What a state file holds: the arrays and systems of a process. */
export interface SavedState {
  readonly format: 1;
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
    adapter: DurableFile<SavedState | null>,
  ) {
    this.low = new Low<SavedState | null>(adapter, null);
  }

  /** Opens a state file; `state` is what it holds, null for a new one. Throws StateFileError when it is damaged. */
  static async open(path: string): Promise<{ store: StateStore; state: SavedState | null }> {
    const store = new StateStore(path, new DurableFile<SavedState | null>(path, serialize));
    await store.low.read();
    const state = store.low.data;
    if (state !== null) checkShape(path, state);
    return { store, state };
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

function checkShape(path: string, state: SavedState): void {
  const systems: unknown = state.systems;
  if (state.format !== 1 || !Array.isArray(systems) || systems.length === 0) {
    throw new StateFileError(
      `${path}: is no state file of this version (format ${String(state.format)}, known is 1); it was left as it is`,
    );
  }
}

const recordTexts = new WeakMap<object, string>();

/** JSON in which every record's text is made once, so that a write after one change is cheap. */
function serialize(state: SavedState | null): string {
  if (state === null) return 'null';
  const systems = state.systems.map(({ saved, ...system }) => {
    const rest = JSON.stringify(system).slice(0, -1);
    return `${rest},"saved":${saved === null ? 'null' : serializeArray(saved)}}`;
  });
  return `{"format":1,"clockMs":${state.clockMs},"systems":[${systems.join(',\n')}]}\n`;
}

function serializeArray(saved: SavedArray): string {
  const tables = Object.entries(saved.tables).map(
    ([name, records]) => `${JSON.stringify(name)}:[${(records as object[]).map(textOf).join(',\n')}]`,
  );
  return `{"format":1,"tables":{${tables.join(',\n')}},\n"contents":${textOf(saved.contents)}}`;
}

function textOf(record: object): string {
  let text = recordTexts.get(record);
  if (text === undefined) {
    text = JSON.stringify(record);
    recordTexts.set(record, text);
  }
  return text;
}
