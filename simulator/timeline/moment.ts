import type { NotedChange } from '../array/content-changes.js';
import type { DomainEvent } from '../array/domain-events.js';
import type { TableName } from '../array/tables.js';

/** A login, the end of a session, or commands of one initiator to one unit. */
export type WireContent =
  | {
      readonly kind: 'login';
      readonly initiator: string;
      readonly portal: string;
      readonly isDiscovery: boolean;
      readonly status: number;
    }
  | { readonly kind: 'logout'; readonly initiator: string; readonly portal: string }
  | {
      readonly kind: 'commands';
      readonly initiator: string;
      /** Null for commands to no unit. */
      readonly unit: string | null;
      readonly label?: string;
      readonly reads: number;
      readonly writes: number;
      readonly others: number;
      readonly readBytes: number;
      readonly writtenBytes: number;
      readonly failed: number;
    };

/** What happened at a moment, as people and programs read it. */
export type MomentContent =
  /** The state when the recording began. */
  | { readonly kind: 'start' }
  /** An operation changed objects, or wrote bytes. */
  | {
      readonly kind: 'change';
      readonly objects: readonly {
        readonly table: string;
        readonly ref: string;
        readonly label: string;
        readonly change: string;
      }[];
      /** Bytes that hosts wrote or unmapped. */
      readonly bytes: number;
    }
  /** The whole state was replaced. */
  | { readonly kind: 'replaced'; readonly by: string }
  | {
      readonly kind: 'request';
      readonly entry: number;
      readonly method: string;
      readonly url: string;
      readonly status: number;
    }
  /** What initiators did over iSCSI: commands are summed up by the second. */
  | WireContent
  /** What a client says that it does: a step of a story, a call of a driver. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'fault'; readonly change: string; readonly rule: string; readonly what: string };

/** A moment: numbers go up by one. */
export interface Moment {
  readonly number: number;
  /** The array's time in milliseconds since the epoch. */
  readonly timeMs: number;
  readonly content: MomentContent;
}

/** A record as it was after a change; undefined when it is gone. Records never change, so they are shared with the array. */
export interface RecordDelta {
  readonly table: TableName;
  readonly ref: string;
  readonly after: Readonly<Record<string, unknown>> | undefined;
}

/** What leads from the moment before to this one. */
export interface Delta {
  readonly records: readonly RecordDelta[];
  readonly contents: readonly NotedChange[];
}

export const noDelta: Delta = { records: [], contents: [] };

/** The table and reference that a domain event is about; undefined where it is about none. */
export function subjectOf(
  event: DomainEvent,
): { readonly table: TableName; readonly ref: string; readonly change: string } | undefined {
  switch (event.kind) {
    case 'created':
    case 'changed':
    case 'deleted':
      return { table: event.table, ref: event.ref, change: event.kind };
    case 'jobProgressed':
      return { table: 'jobs', ref: event.ref, change: event.change };
    case 'eventLogged':
      return { table: 'events', ref: event.ref, change: 'created' };
    default:
      return undefined;
  }
}
