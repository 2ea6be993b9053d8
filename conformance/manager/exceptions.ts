import { isOfClass, type RaisedException } from '../subjects/subject.js';

/** An exception of Python's kind on its way through the manager: the driver's, or the manager's own. */
export class Exception extends Error {
  constructor(readonly raised: RaisedException) {
    super(`${raised.class}: ${raised.message}`);
  }

  /** Whether it is of a class or derived from it. */
  is(...classes: readonly string[]): boolean {
    return classes.some((each) => isOfClass(this.raised, each));
  }
}

/** What Cinder's API answers to a request that it does not pass on: it says nothing about the driver. */
export class Refusal extends Exception {}

const cinder = ['CinderException'];
const invalid = ['Invalid', ...cinder];
const notFound = ['NotFound', ...cinder];

/** The classes that the manager itself raises, with their parents, nearest first (source: Cinder's exception module). */
const parents = {
  VolumeDriverException: cinder,
  VolumeBackendAPIException: cinder,
  DriverNotInitialized: cinder,
  ProgrammingError: cinder,
  VolumeMigrationFailed: cinder,
  RemoveExportException: ['VolumeDriverException', ...cinder],
  InvalidInput: invalid,
  InvalidVolume: invalid,
  InvalidSnapshot: invalid,
  InvalidGroup: invalid,
  InvalidGroupSnapshot: invalid,
  VolumeAttached: invalid,
  ExportFailure: invalid,
  VolumeNotFound: notFound,
  SnapshotNotFound: notFound,
  KeyError: ['LookupError'],
  TypeError: [],
  ValueError: [],
  AttributeError: [],
  NotImplementedError: ['RuntimeError'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** An exception that the manager raises itself. */
export function exception(name: keyof typeof parents, message: string): Exception {
  return new Exception({ class: name, parents: parents[name], message });
}

/** A request that is refused before the driver has its turn, as Cinder's API refuses it. */
export function refusal(name: keyof typeof parents, message: string): Refusal {
  return new Refusal({ class: name, parents: parents[name], message });
}

/** What was thrown, if it is an exception of Python's kind; anything else is no answer of the driver's and goes on. */
export function asException(thrown: unknown): Exception {
  if (thrown instanceof Exception) return thrown;
  throw thrown;
}
