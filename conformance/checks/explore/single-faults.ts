import type { Step } from '../../scenario/format.js';

/** A request that a call makes. */
export interface AskedRequest {
  readonly method: string;
  /** Below the storage system, with `{id}` for references and the query left out; absolute for what is for none. */
  readonly path: string;
}

/** One thing that goes wrong at one request. */
export interface SingleFault {
  /** e.g. `lost-reply`. */
  readonly id: string;
  /** What happens to the request, e.g. `is done, and its reply is lost`. */
  readonly title: string;
  /** What of a fault rule there is besides where it strikes. */
  rule(request: AskedRequest): { readonly what: object; readonly when?: object; readonly times?: 'always' };
  /** Whether it can strike such a request; by default it can. */
  strikes?(request: AskedRequest): boolean;
  /** What happens when the call has ended and the fault is over. */
  readonly afterwards?: readonly Step[];
  /** The simulator keeps its state, to be restarted. */
  readonly usesState?: boolean;
  /** Other rules do not see the request that it strikes. */
  readonly decides?: boolean;
}

/** Longer than any driver of this family waits for an answer. */
const beyondTheLimit = '2h';

const always = 'always' as const;

/** A driver or an array that ends in the middle of a call: nothing gets through any more until it has started again. */
const silence = { what: { do: 'reset' }, times: always };

/** Cinder asks once a minute: a driver that could not reach the array while it tidied up has its next chances. */
const nextReports: readonly Step[] = [
  { call: 'get_volume_stats', refresh: true },
  { call: 'get_volume_stats', refresh: true },
];

/** Everything that goes wrong by itself. Answers tell no lie about a reason: a driver may believe what it is told. */
export const singleFaults: readonly SingleFault[] = [
  {
    id: 'refused',
    title: 'is refused, and nothing is done',
    rule: ({ method }) => ({
      what: { do: 'fail', status: method === 'GET' ? 500 : 422, retcode: 'error', errorMessage: 'refused on purpose' },
    }),
    decides: true,
  },
  {
    id: 'failed-after',
    title: 'is done, and answered with an error',
    rule: () => ({
      what: { do: 'fail-after', status: 500, retcode: 'error', errorMessage: 'done, and yet refused' },
    }),
    decides: true,
  },
  {
    id: 'lost-reply',
    title: 'is done, and its reply is lost',
    rule: () => ({ what: { do: 'lose-reply' } }),
    decides: true,
  },
  {
    id: 'repeated',
    title: 'arrives twice, and the second answer is seen',
    rule: () => ({ what: { do: 'repeat' } }),
    // What is on the way may send again what may be sent again (RFC 9110, 9.2.2): not a POST.
    strikes: ({ method }) => method !== 'POST',
    decides: true,
  },
  {
    id: 'delayed',
    title: 'is answered when nobody waits any more',
    rule: () => ({ what: { do: 'delay', for: beyondTheLimit, advance: true } }),
  },
  {
    id: 'stale',
    title: 'is answered as before the last change',
    rule: () => ({ what: { do: 'stale' } }),
    strikes: ({ method }) => method === 'GET',
    decides: true,
  },
  {
    id: 'truncated',
    title: 'is done, and its answer ends half-way',
    rule: () => ({ what: { do: 'truncate' } }),
    decides: true,
  },
  {
    id: 'controller',
    title: 'meets an array whose controller A has just failed',
    // Any client's request: without a condition it would strike at once.
    rule: () => ({ when: { userAgent: '*' }, what: { do: 'controller', controller: 'A', state: 'offline' } }),
  },
  {
    id: 'driver-restart',
    title: 'is not sent any more: the driver ends, and starts again',
    rule: () => silence,
    afterwards: [{ restart: 'driver' }, ...nextReports],
    decides: true,
  },
  {
    id: 'array-restart',
    title: 'is not answered any more: the array ends, and starts again',
    rule: () => silence,
    afterwards: [{ restart: 'simulator' }, ...nextReports],
    usesState: true,
    decides: true,
  },
];
