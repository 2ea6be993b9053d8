import type { ConnectorRecord } from '../manager/records.js';
import {
  attach,
  CheckCondition,
  type ConnectionInfo,
  LoginRefused,
  NotDiscovered,
  type Patience,
  type ProbeDisk,
  pathsOf,
} from '../probe/index.js';

/** What a driver returned for a connection: with its own `data`, or flattened as an attachment keeps it. */
export type AnyConnectionInfo = Readonly<Record<string, unknown>>;

export interface BytesOptions {
  /** How long to wait for any one answer; without it, as long as the connection lives. */
  readonly patience?: Patience;
  /** Which of the portals to use: the n-th from 0, or 'all'; by default the first one that can be reached. */
  readonly path?: number | 'all';
}

export interface RefusedOptions extends BytesOptions {
  /** Of the volume, as the array shows it: another volume behind the same LUN is no access to this one. */
  readonly wwn?: string;
}

/** The same bytes were not the same through every portal. */
export class PathsDiffer extends Error {
  override readonly name = 'PathsDiffer';
}

/**
 * Reads from what is attached, as the connector's initiator, with the credentials that are in the connection info; from
 * every portal when asked to. Rejects with TypeError for info that no initiator can use, PathsDiffer, and what the probe
 * rejects with.
 */
export async function bytesOf(
  info: AnyConnectionInfo,
  connector: ConnectorRecord,
  { offset, length }: { readonly offset: number; readonly length: number },
  options: BytesOptions = {},
): Promise<Buffer> {
  const read = await eachPath(info, connector, options, (disk) => disk.read(offset, length));
  const [first = Buffer.alloc(0), ...others] = read;
  const differing = others.findIndex((bytes) => !bytes.equals(first));
  if (differing >= 0)
    throw new PathsDiffer(`${length} bytes at ${offset}: portal ${differing + 1} reads other than the first`);
  return first;
}

/** Writes to what is attached; through every portal, one after the other, when asked to. Rejects as `bytesOf` does. */
export async function writeBytes(
  info: AnyConnectionInfo,
  connector: ConnectorRecord,
  offset: number,
  data: Uint8Array,
  options: BytesOptions = {},
): Promise<void> {
  await eachPath(info, connector, options, async (disk) => {
    await disk.write(offset, data);
    await disk.flush();
  });
}

const chunkBytes = 8 * 2 ** 20;

/** Copies all that one volume has over another, as large or larger one, as a host with both does. Rejects as `bytesOf` does. */
export async function copyBytes(
  from: AnyConnectionInfo,
  to: AnyConnectionInfo,
  connector: ConnectorRecord,
): Promise<void> {
  await onPath(from, connector, {}, undefined, (source) =>
    onPath(to, connector, {}, undefined, async (target) => {
      const size = Number(source.capacityBytes);
      for (let offset = 0; offset < size; offset += chunkBytes) {
        const length = Math.min(chunkBytes, size - offset);
        const [wanted, present] = await Promise.all([source.read(offset, length), target.read(offset, length)]);
        if (!wanted.equals(present)) await target.write(offset, wanted);
      }
      await target.flush();
    }),
  );
}

/** Bytes that can be written and read behind connection info, as the initiator is told. Rejects as `bytesOf` does. */
export async function capacityOf(
  info: AnyConnectionInfo,
  connector: ConnectorRecord,
  options: BytesOptions = {},
): Promise<bigint> {
  const [capacity = 0n] = await eachPath(info, connector, options, (disk) => Promise.resolve(disk.capacityBytes));
  return capacity;
}

/**
 * Whether the connector's initiator is kept from the volume: its login is refused, or there is no such LUN for it. With
 * path 'all', through every portal. Rejects when the portal can't be reached: that is no refusal.
 */
export async function refused(
  info: AnyConnectionInfo,
  connector: ConnectorRecord,
  { wwn, ...options }: RefusedOptions = {},
): Promise<boolean> {
  const { path } = options;
  const paths = path === 'all' ? pathsOf(connectionOf(info)).map((_, index) => index) : [path];
  for (const each of paths) {
    try {
      const reached = await onPath(info, connector, options, each, (disk) => Promise.resolve(disk.wwn));
      if (wwn === undefined || reached.toUpperCase() === wwn.toUpperCase()) return false;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return true;
}

/** Connection info in the form that `initialize_connection` returns. */
export function connectionOf(info: AnyConnectionInfo): ConnectionInfo {
  const { driver_volume_type: type, data, ...flat } = info;
  return { driver_volume_type: String(type), data: (data ?? flat) as ConnectionInfo['data'] };
}

async function eachPath<Value>(
  info: AnyConnectionInfo,
  connector: ConnectorRecord,
  options: BytesOptions,
  act: (disk: ProbeDisk) => Promise<Value>,
): Promise<Value[]> {
  const { path } = options;
  if (path !== 'all') return [await onPath(info, connector, options, path, act)];
  const values: Value[] = [];
  for (const index of pathsOf(connectionOf(info)).keys())
    values.push(await onPath(info, connector, options, index, act));
  return values;
}

async function onPath<Value>(
  info: AnyConnectionInfo,
  connector: ConnectorRecord,
  { patience }: BytesOptions,
  path: number | undefined,
  act: (disk: ProbeDisk) => Promise<Value>,
): Promise<Value> {
  if (!connector.initiator) throw new TypeError('the connector names no initiator');
  const disk = await attach(connectionOf(info), {
    initiatorName: connector.initiator,
    ...(path !== undefined && { path }),
    ...(patience !== undefined && { patience }),
  });
  try {
    return await act(disk);
  } finally {
    await disk.close();
  }
}

/** A login that is refused, a target that isn't shown, or LOGICAL UNIT NOT SUPPORTED (SPC: 5/25/00). */
function isRefusal(error: unknown): boolean {
  if (error instanceof LoginRefused || error instanceof NotDiscovered) return true;
  return error instanceof CheckCondition && error.sense.key === 5 && error.sense.asc === 0x25;
}
