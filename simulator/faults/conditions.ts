import type { JobKind } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { concerns } from './objects.js';
import { namePattern, pathPattern, readRequestPattern } from './patterns.js';
import { instantMs } from './quantities.js';
import type { FaultCondition } from './rule.js';

/** What a rule looks at when it waits for requests to the web services. */
export interface RequestFacts {
  readonly method: string;
  /** Without the query, with single slashes. */
  readonly path: string;
  /** What follows the storage system's id; undefined for what is no array's. */
  readonly below: string | undefined;
  /** Operation id and SYMbol procedure. */
  readonly operations: readonly string[];
  /** In lower case: what is named in path, query and body. */
  readonly words: ReadonlySet<string>;
  readonly array: StorageArray | undefined;
  readonly userAgent: string;
  readonly user: string;
}

export interface JobFacts {
  readonly kind: JobKind;
  readonly words: ReadonlySet<string>;
  readonly array: StorageArray;
}

export interface CommandFacts {
  readonly initiator: string;
  /** Undefined for a login. */
  readonly command:
    | {
        readonly operationCode: number;
        readonly sort: 'read' | 'write' | 'other';
        /** The logical blocks that it touches; undefined for none, or for unknown ones. */
        readonly blocks: { readonly from: number; readonly to: number } | undefined;
      }
    | undefined;
  readonly words: ReadonlySet<string>;
  readonly array: StorageArray;
}

type Test<Facts> = (facts: Facts) => boolean;

/** The parts of a condition on requests, as one test. */
export function requestTest(when: FaultCondition): Test<RequestFacts> {
  const tests: Test<RequestFacts>[] = [];
  if (when.operation !== undefined) {
    const patterns = [when.operation].flat().map(namePattern);
    tests.push(({ operations }) => patterns.some((matches) => operations.some(matches)));
  }
  if (when.request !== undefined) {
    const requests = [when.request].flat().map(requestPattern);
    tests.push((facts) => requests.some((matches) => matches(facts)));
  }
  if (when.userAgent !== undefined) {
    const matches = namePattern(when.userAgent);
    tests.push(({ userAgent }) => matches(userAgent));
  }
  if (when.user !== undefined) {
    const matches = namePattern(when.user);
    tests.push(({ user }) => matches(user));
  }
  return all([...tests, ...objectTest(when)]);
}

export function jobTest(when: FaultCondition): Test<JobFacts> {
  const { job } = when;
  return all([...(job === undefined ? [] : [({ kind }: JobFacts) => kind === job]), ...objectTest(when)]);
}

export function commandTest(when: FaultCondition): Test<CommandFacts> {
  const tests: Test<CommandFacts>[] = [];
  const { initiator, command, blocks } = when;
  if (initiator !== undefined) {
    const matches = namePattern(initiator);
    tests.push((facts) => matches(facts.initiator));
  }
  if (command !== undefined)
    tests.push((facts) => facts.command?.sort === command || facts.command?.operationCode === command);
  if (blocks !== undefined) {
    const { from, to = Number.POSITIVE_INFINITY } = blocks;
    tests.push(
      ({ command: given }) => given?.blocks !== undefined && given.blocks.from <= to && given.blocks.to >= from,
    );
  }
  // A unit goes by its own names only, and all of them are known.
  const object = when.object?.toLowerCase();
  if (object !== undefined) tests.push(({ words }) => words.has(object));
  return all(tests);
}

/** From when to when a condition holds, in milliseconds since the epoch; both ends included. */
export function spanOf(when: FaultCondition, addedMs: number): { readonly fromMs: number; readonly toMs: number } {
  const at = (written: unknown) => (written === undefined ? undefined : instantMs(written, addedMs));
  return {
    fromMs: at(when.notBefore) ?? Number.NEGATIVE_INFINITY,
    toMs: at(when.notAfter) ?? Number.POSITIVE_INFINITY,
  };
}

function requestPattern(written: string): Test<RequestFacts> {
  const { method, path } = readRequestPattern(written) ?? { method: '*', path: written };
  const matches = pathPattern(path);
  const isAbsolute = path.startsWith('/');
  return (facts) => {
    if (method !== '*' && method !== facts.method) return false;
    return isAbsolute ? matches(facts.path) : facts.below !== undefined && matches(facts.below);
  };
}

function objectTest({ object }: FaultCondition): Test<{
  readonly words: ReadonlySet<string>;
  readonly array: StorageArray | undefined;
}>[] {
  return object === undefined ? [] : [({ words, array }) => concerns(words, object, array)];
}

function all<Facts>(tests: readonly Test<Facts>[]): Test<Facts> {
  return (facts) => tests.every((test) => test(facts));
}
