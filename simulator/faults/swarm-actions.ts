import { returnCodes } from '../array/return-codes.js';
import type { RandomStream } from '../array/rng.js';
import type { StorageArray } from '../array/storage-array.js';
import type { ActionName, ActionOf, FaultAction } from './fault-actions.js';
import { nameOfDrive, nameOfPort } from './physical.js';

/** Random settings of an action; one that is not here happens without any. */
type Makers = {
  readonly [Name in ActionName as NeedsNoSettings<Name> extends true ? never : Name]: Maker<Name>;
} & { readonly [Name in ActionName]?: Maker<Name> };

type Maker<Name extends ActionName> = (draw: Draw, array: StorageArray) => Omit<ActionOf<Name>, 'do'>;
type NeedsNoSettings<Name extends ActionName> = object extends Omit<ActionOf<Name>, 'do'> ? true : false;

/** Draws from one stream. */
interface Draw {
  /** One of several; there is at least one. */
  of<const Each>(...each: readonly Each[]): Each;
  number(min: number, max: number): number;
  seconds(max: number): string;
}

/** Whether the array has what an action of that name is about. */
export function isPossible(name: ActionName, array: StorageArray): boolean {
  const { drives, trays, pools, snapshotGroups, iscsiPorts } = array.tables;
  switch (name) {
    case 'drive':
      return drives.size > 0;
    case 'tray':
      return trays.size > 0;
    case 'port':
      return iscsiPorts.size > 0;
    case 'fill-pool':
      return pools.size > 0;
    case 'fill-repository':
      return snapshotGroups.size > 0;
    case 'fill-thin':
      return array.volumes.withUse('thin').size > 0;
    default:
      return true;
  }
}

/** An action of that name with random settings; it is about things that the array has, by names that people use. */
export function randomAction(random: RandomStream, name: ActionName, array: StorageArray): FaultAction {
  const draw: Draw = {
    of: <Each>(...each: readonly Each[]) => each[random.integer(0, Math.max(0, each.length - 1))] as Each,
    number: (min, max) => random.integer(min, max),
    seconds: (max) => `${random.integer(1, max)}s`,
  };
  return { do: name, ...makers[name]?.(draw, array) } as FaultAction;
}

/** What clients have to expect of an array that is busy or ill. */
const retcodes = ['busy', 'error', 'timeout', 'tooManyVolumes', 'noHeap', 'volumeReconfiguring'].filter(
  (name) => name in returnCodes,
);

const failure = (draw: Draw) => ({
  status: draw.of(422, 422, 422, 500, 503),
  retcode: draw.of('busy', ...retcodes),
});

const makers: Makers = {
  delay: (draw) => ({ for: draw.seconds(60), advance: true }),
  status: (draw) => ({ status: draw.of(500, 502, 503, 504, 429, 403) }),
  'wrong-password': (draw) => ({ as: draw.of('login', 'stored') }),
  fail: failure,
  'fail-after': failure,
  repeat: (draw) => ({ executions: draw.number(2, 3), answer: draw.of('first', 'last') }),
  stale: (draw) => ({ polls: draw.number(1, 4) }),
  job: (draw) => ({
    progression: draw.of('instant', 'stuck', `polls:${draw.number(1, 5)}`, `fail-at:${draw.number(0, 99)}`),
  }),
  drive: (draw, array) => ({
    drive: draw.of(...array.tables.drives.toJSON().map((drive) => nameOfDrive(array, drive))),
    state: draw.of('failed', 'removed'),
    for: draw.seconds(3600),
  }),
  controller: (draw) => ({
    controller: draw.of('A', 'B'),
    state: draw.of('offline', 'service-mode', 'removed', 'reset'),
    for: draw.seconds(3600),
  }),
  port: (draw, array) => ({
    port: draw.of('*', ...array.iscsiTarget.ports().map((port) => nameOfPort(array, port))),
    for: draw.seconds(600),
  }),
  'power-supply': (draw) => ({ slot: draw.number(1, 2), state: draw.of('failed', 'removed'), for: draw.seconds(3600) }),
  fan: (draw) => ({ slot: draw.number(1, 2), state: draw.of('failed', 'removed'), for: draw.seconds(3600) }),
  battery: (draw) => ({
    controller: draw.of('A', 'B'),
    state: draw.of('failed', 'removed', 'expired'),
    for: draw.seconds(3600),
  }),
  temperature: (draw) => ({
    slot: draw.number(1, 2),
    state: draw.of('nominal-exceeded', 'maximum-exceeded'),
    for: draw.seconds(3600),
  }),
  tray: (draw, array) => ({
    tray: draw.of(...array.tables.trays.toJSON().map(({ trayId }) => trayId)),
    for: draw.seconds(600),
  }),
  'fill-pool': (draw, array) => ({
    pool: draw.of(...array.tables.pools.toJSON().map(({ label }) => label)),
    leave: draw.of('0', '1 GiB', '5 GiB'),
    for: draw.seconds(3600),
  }),
  'fill-repository': (draw, array) => ({
    of: draw.of(...array.tables.snapshotGroups.toJSON().map(({ label }) => label)),
    for: draw.seconds(3600),
  }),
  'fill-thin': (draw, array) => ({
    volume: draw.of(...array.thinVolumes.list().map(({ label }) => label)),
    for: draw.seconds(3600),
  }),
  'refuse-login': (draw) => draw.of({ class: 3, detail: 1 }, { class: 3, detail: 2 }, { class: 2, detail: 1 }),
  'answer-command': (draw) => ({
    status: draw.of('check-condition', 'busy', 'task-set-full', 'reservation-conflict', 'task-aborted'),
  }),
  'delay-command': (draw) => ({ for: draw.seconds(30), advance: true }),
};
