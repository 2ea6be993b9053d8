import type { OutAction } from './persistent-reservations.js';

/** Persistent reservations of one unit as SPC-4, 5.12 tells them, for hosts by number. Keys: 0 is none. */
export interface ReservationModel {
  readonly keys: ReadonlyMap<number, number>;
  readonly reservation: { readonly type: number; readonly holder: number | undefined } | undefined;
  readonly generation: number;
  /** What a host has to be told, in the order in which it happened; taking it forgets it. */
  takeAttentions(host: number): string[];
  /** Carries out PERSISTENT RESERVE OUT; how it ends. */
  out(host: number, action: OutAction, fields: { key: number; newKey: number; type: number }): string;
  /** Whether a host may read or write. */
  mayAccess(host: number, access: 'read' | 'write'): boolean;
}

const released = '2a/04';
const preempted = '2a/05';
const cleared = '2a/03';
const [good, conflict] = ['good', 'conflict'];
const isByAll = (type: number) => type === 7 || type === 8;

export function newReservationModel(): ReservationModel {
  const keys = new Map<number, number>();
  const attentions = new Map<number, string[]>();
  let reservation: ReservationModel['reservation'];
  let generation = 0;

  const tell = (hosts: Iterable<number>, what: string, except: number) => {
    for (const host of hosts) {
      const waiting = attentions.get(host) ?? [];
      if (host !== except && !waiting.includes(what)) attentions.set(host, [...waiting, what]);
    }
  };
  const holds = (host: number) =>
    reservation !== undefined && (isByAll(reservation.type) ? keys.has(host) : reservation.holder === host);

  function setKey(host: number, newKey: number): string {
    if (newKey !== 0) {
      keys.set(host, newKey);
      generation++;
    } else if (keys.delete(host)) {
      generation++;
      const { type = 0, holder } = reservation ?? {};
      if (reservation !== undefined && (isByAll(type) ? keys.size === 0 : holder === host)) {
        reservation = undefined;
        if (type >= 5) tell(keys.keys(), released, host);
      }
    }
    return good;
  }

  function preempt(host: number, newKey: number, type: number): string {
    const byAll = reservation !== undefined && isByAll(reservation.type);
    if (newKey === 0 && !byAll) return '5/26/00';
    const matching = [...keys].filter(([, key]) => newKey === 0 || key === newKey).map(([each]) => each);
    if (matching.length === 0) return conflict;
    const takesOver = reservation !== undefined && (byAll ? newKey === 0 : matching.includes(reservation.holder ?? -1));
    const gone = matching.filter((each) => !takesOver || each !== host);
    for (const each of gone) keys.delete(each);
    tell(gone, preempted, host);
    generation++;
    if (takesOver) {
      if (reservation?.type !== type) tell(keys.keys(), released, host);
      reservation = { type, holder: isByAll(type) ? undefined : host };
    } else if (keys.size === 0) reservation = undefined;
    return good;
  }

  return {
    keys,
    get reservation() {
      return reservation;
    },
    get generation() {
      return generation;
    },
    takeAttentions(host) {
      const waiting = attentions.get(host) ?? [];
      attentions.delete(host);
      return waiting;
    },
    out(host, action, { key, newKey, type }) {
      if (action === 'registerAndIgnore') return setKey(host, newKey);
      if (action === 'register') return key === (keys.get(host) ?? 0) ? setKey(host, newKey) : conflict;
      if (keys.get(host) !== key) return conflict;
      switch (action) {
        case 'reserve':
          if (reservation !== undefined) return holds(host) && reservation.type === type ? good : conflict;
          reservation = { type, holder: isByAll(type) ? undefined : host };
          return good;
        case 'release':
          if (reservation === undefined || !holds(host)) return good;
          if (reservation.type !== type) return '5/26/04';
          reservation = undefined;
          if (type >= 5) tell(keys.keys(), released, host);
          return good;
        case 'clear':
          tell(keys.keys(), cleared, host);
          keys.clear();
          reservation = undefined;
          generation++;
          return good;
        default:
          return preempt(host, newKey, type);
      }
    },
    mayAccess(host, access) {
      if (reservation === undefined || reservation.holder === host) return true;
      if (reservation.type >= 5 && keys.has(host)) return true;
      return access === 'read' && [1, 5, 7].includes(reservation.type);
    },
  };
}
