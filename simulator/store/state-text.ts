import { crc32 } from 'node:zlib';
import type { SystemRecord } from '../array/records.js';
import { readStatistics, readTables, type SavedArray, savedFormat } from '../array/saved-array.js';
import type { LogPlace } from './block-log.js';
import { withHashedPasswords } from './hashed-passwords.js';
import type { TextForm } from './state-file.js';

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
  /** What of the log belongs to it. Without it the arrays' contents are in the state itself. */
  readonly blocks?: LogPlace;
}

/** How a file is laid out: what is on the volumes in it, or in a log beside it. The arrays in it have a format of their own. */
const fileFormats = { contentsInside: 1, blocksApart: 2 } as const;

/**
 * The state as JSON with a checksum of all that follows it, so that damage is found even where it leaves JSON behind.
 * Every record's text is made once: a write after one change is cheap.
 */
export const stateText: TextForm<SavedState> = {
  serialize(state) {
    const systems = state.systems.map(({ saved, ...system }) => {
      const rest = JSON.stringify(system).slice(0, -1);
      return `${rest},"saved":${saved === null ? 'null' : serializeArray(saved)}}`;
    });
    const blocks = state.blocks === undefined ? '' : `"blocks":${JSON.stringify(state.blocks)},`;
    const body = `"clockMs":${state.clockMs},${blocks}"systems":[${systems.join(',\n')}]}\n`;
    return `{"format":${formatOf(state)},"crc32":"${checksum(body)}",\n${body}`;
  },
  parse(text) {
    const [head, format, sum] = /^\{"format":([1-9]\d*),"crc32":"([0-9a-f]{8})",\n/.exec(text) ?? [];
    if (head === undefined) throw new Error('is not a state file');
    if (Number(format) > fileFormats.blocksApart)
      throw new Error(
        `is a state file of format ${format}, this version reads 1 and ${fileFormats.blocksApart}: use the version that wrote it`,
      );
    const body = text.slice(head.length);
    if (checksum(body) !== sum) throw new Error('is damaged (its checksum is not that of its content)');
    const state = JSON.parse(`{${body}`) as SavedState;
    // The checksum does not cover the format.
    if (Number(format) !== formatOf(state)) throw new Error('is damaged (its format is not that of its content)');
    return present(state);
  },
};

function formatOf({ blocks }: Pick<SavedState, 'blocks'>): number {
  return blocks === undefined ? fileFormats.contentsInside : fileFormats.blocksApart;
}

/** A state with its records as this version has them. Throws SavedStateError for what a newer version wrote. */
function present(state: SavedState): SavedState {
  refuseUnknown('the state', state, ['clockMs', 'blocks', 'systems']);
  const systems = state.systems.map(({ saved, ...system }) => {
    refuseUnknown('a storage system', system, ['id', 'controllerAddresses', 'tags', 'online']);
    if (saved === null) return { ...system, saved };
    refuseUnknown('an array', saved, ['format', 'tables', 'contents', 'statistics']);
    return { ...system, saved: { ...saved, format: savedFormat, tables: readTables(saved), ...statisticsOf(saved) } };
  });
  return { ...state, systems };
}

function statisticsOf(saved: SavedArray): Pick<SavedArray, 'statistics'> {
  const statistics = readStatistics(saved);
  return statistics === undefined ? {} : { statistics };
}

/** What this version does not know it would drop with its next write. */
function refuseUnknown(what: string, holder: object, known: readonly string[]): void {
  const unknown = Object.keys(holder).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new Error(`holds '${unknown}' of ${what}, which this version does not know: use the version that wrote it`);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

const recordTexts = new WeakMap<object, string>();

function serializeArray(saved: SavedArray): string {
  const tables = Object.entries(saved.tables).map(
    ([name, records]) =>
      `${JSON.stringify(name)}:[${(records as object[]).map(name === 'system' ? systemText : textOf).join(',\n')}]`,
  );
  const contents = saved.contents === undefined ? '' : `,\n"contents":${textOf(saved.contents)}`;
  const statistics = saved.statistics === undefined ? '' : `,\n"statistics":${JSON.stringify(saved.statistics)}`;
  return `{"format":${saved.format},"tables":{${tables.join(',\n')}}${contents}${statistics}}`;
}

function textOf(record: object): string {
  return keptText(record, () => record);
}

function systemText(record: object): string {
  return keptText(record, () => withHashedPasswords(record as SystemRecord));
}

function keptText(record: object, written: () => object): string {
  let text = recordTexts.get(record);
  if (text === undefined) {
    text = JSON.stringify(written());
    recordTexts.set(record, text);
  }
  return text;
}
