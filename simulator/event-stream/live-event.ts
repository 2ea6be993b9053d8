/** What happened, as plain data: names, references and numbers. Bodies and secrets are never part of it. */
export type EventContent =
  /** An object of an array is there, is another one, or is gone. `label` where it has one. */
  | {
      readonly kind: 'state';
      readonly array: string;
      readonly change: 'created' | 'changed' | 'deleted';
      readonly table: string;
      readonly ref: string;
      readonly label?: string;
    }
  /** The whole state of an array was replaced. */
  | { readonly kind: 'replaced'; readonly array: string; readonly by: 'reset' | 'restore' }
  /** Arrays of the process: those there are now. */
  | { readonly kind: 'arrays'; readonly arrays: readonly string[] }
  /** A request to the web services; `entry` is its number in the journal, which has the bodies. */
  | {
      readonly kind: 'request';
      readonly array: string | null;
      readonly entry: number;
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly tookMs: number;
      readonly durationMs: number;
    }
  /** Work began, moved on, or ended. `percent` while it goes on. */
  | {
      readonly kind: 'job';
      readonly array: string;
      readonly change: 'created' | 'changed' | 'deleted';
      readonly ref: string;
      readonly job?: string;
      readonly objectRef?: string;
      readonly percent?: number;
    }
  /** An entry of the array's major event log. */
  | {
      readonly kind: 'log';
      readonly array: string;
      readonly sequence: number;
      readonly priority: string;
      readonly description: string;
    }
  /** A fault rule was added or removed, or hit something. */
  | {
      readonly kind: 'fault';
      readonly array: string | null;
      readonly change: 'added' | 'hit' | 'removed';
      readonly rule: string;
      /** What was hit. */
      readonly what?: string;
    }
  /** An iSCSI login; `status` is that of its last answer, 0 for success. */
  | {
      readonly kind: 'login';
      readonly array: string;
      readonly initiator: string;
      readonly portal: string;
      readonly isDiscovery: boolean;
      readonly status: number;
    }
  /** An iSCSI session ended. */
  | { readonly kind: 'logout'; readonly array: string; readonly initiator: string; readonly portal: string }
  /** SCSI commands of one initiator to one unit since the last summary. `unit` is null for what is for none. */
  | {
      readonly kind: 'commands';
      readonly array: string;
      readonly initiator: string;
      readonly unit: string | null;
      readonly label?: string;
      readonly reads: number;
      readonly writes: number;
      readonly others: number;
      readonly readBytes: number;
      readonly writtenBytes: number;
      readonly failed: number;
    }
  /** The clock was advanced or goes at another pace. */
  | { readonly kind: 'clock'; readonly mode: string; readonly nowMs: number };

export const eventKinds = [
  'state',
  'replaced',
  'arrays',
  'request',
  'job',
  'log',
  'fault',
  'login',
  'logout',
  'commands',
  'clock',
] as const satisfies readonly EventContent['kind'][];

/** An event in its place among the others. */
export type LiveEvent = EventContent & {
  /** Counts up by one from event to event of a recording. */
  readonly number: number;
  /** The arrays' time, in milliseconds since the epoch. */
  readonly timeMs: number;
};
