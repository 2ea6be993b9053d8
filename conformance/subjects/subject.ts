import type { Dispatcher } from 'undici';
import type { ProgramActivity } from './program-activity.js';

/** A driver under judgement: it is known by the documented names of its methods and by nothing else. */
export interface Subject {
  readonly name: string;
  /** What the class says of itself, e.g. CI_WIKI_NAME and VERSION. */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** The documented names of the methods that it has. */
  readonly methods: ReadonlySet<string>;
  /** Calls a method by its documented name, arguments by their documented names. Rejects with SubjectError only. */
  call(method: string, args: Arguments): Promise<Answer>;
  close(): Promise<void>;
}

export type Arguments = Readonly<Record<string, unknown>>;

/** What a call came to. */
export type Answer = Returned | Raised;

export interface Returned {
  readonly returned: unknown;
}

export interface Raised {
  readonly raised: RaisedException;
}

export interface RaisedException {
  /** The class's name, without its module. */
  readonly class: string;
  /** The names of the classes that it is derived from, nearest first. */
  readonly parents: readonly string[];
  readonly message: string;
}

/** What a driver is started with. */
export interface SubjectEnvironment {
  /** Where what a program does is noted, for those who carry its requests. */
  readonly activity?: ProgramActivity;
  /** The backend's options by the names of cinder.conf. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** For drivers in this process: time, chance and transport are handed in. */
  readonly runtime?: SubjectRuntime;
}

export interface SubjectRuntime {
  sleep(milliseconds: number): Promise<void>;
  now(): number;
  randomUuid(): string;
  /** Carries the driver's requests; undefined for sockets. */
  readonly dispatcher?: Dispatcher;
  /** What drivers look up and save in Cinder's database; undefined where there is none. */
  readonly records?: SubjectRecords;
  /** The host of the volume service as the records have it, `host@backend`. */
  readonly host?: string;
  /** Undefined where time passes by itself. */
  readonly virtual?: VirtualTime;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
}

/** What is to be known of the array's time where it moves only when it is told to. */
export interface VirtualTime {
  /** When something happens at the array by itself next, in its milliseconds since the epoch; undefined when nothing will. */
  nextDueMs(): Promise<number | undefined>;
  /** Whether it may move on by itself: not while requests wait for their turn in a race. */
  mayPass(): boolean;
  /** Told of time that passed for a program that waited without saying so. */
  advanced(milliseconds: number): void;
  /** While calls race, none of their requests goes on before this has settled; gives what takes it back. */
  beforeEachTurn(settled: () => Promise<void>): () => void;
}

/** Records by their kinds (recordKinds of the protocol); throws RangeError for what cannot be read or saved. */
interface SubjectRecords {
  /** null where there is none. */
  read(kind: string, id: string): unknown;
  /** Those whose fields have these values. */
  list(kind: string, where: Readonly<Record<string, unknown>>): unknown[];
  update(kind: string, id: string, values: Readonly<Record<string, unknown>>): void;
}

/** Starts a driver; done again after closing it, this is a restart of the driver's service. */
export type SubjectFactory = (environment: SubjectEnvironment) => Promise<Subject>;

/** The subject itself does not work: no answer, no JSON, an unknown method, an error that is no exception of Cinder's. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
  readonly evidence: Evidence;

  constructor(message: string, { cause, ...evidence }: Evidence & ErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.evidence = evidence;
  }
}

/** What shows that a subject does not work, for who is to repair it. */
export interface Evidence {
  readonly sent?: string;
  readonly received?: string;
  readonly expected?: string;
  readonly remedy?: string;
}

export function isRaised(answer: Answer): answer is Raised {
  return 'raised' in answer;
}

/** Whether an exception is of a class or derived from it. */
export function isOfClass({ class: name, parents }: RaisedException, wanted: string): boolean {
  return name === wanted || parents.includes(wanted);
}
