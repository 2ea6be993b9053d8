/** One change of the contents, as plain data: done again in the same order, changes lead to the same contents. */
export type ContentChange =
  /** A host wrote: the bytes come with it. */
  | { readonly op: 'write'; readonly ref: string; readonly offset: number }
  | { readonly op: 'unmap'; readonly ref: string; readonly offset: number; readonly length: number }
  /** The array itself wrote, as a mirror does. */
  | { readonly op: 'fill'; readonly ref: string; readonly offset: number }
  | { readonly op: 'add'; readonly ref: string; readonly capacityBytes: number; readonly imageRef: string | null }
  | { readonly op: 'freeze'; readonly ref: string; readonly capacityBytes: number; readonly imageRef: string }
  | { readonly op: 'replace'; readonly ref: string; readonly capacityBytes: number; readonly imageRef: string | null }
  | {
      readonly op: 'copy';
      readonly source: { readonly ref: string; readonly capacityBytes: number };
      readonly ref: string;
      readonly capacityBytes: number;
    }
  | { readonly op: 'resize'; readonly ref: string; readonly capacityBytes: number }
  | { readonly op: 'drop'; readonly ref: string }
  | { readonly op: 'dropImage'; readonly imageRef: string };

export interface NotedChange {
  readonly change: ContentChange;
  /** What was written. It may be overwritten as soon as the listener returns. */
  readonly data?: Uint8Array | undefined;
}

/** Who keeps the contents elsewhere too. */
export interface ContentJournal {
  /** An operation is whole: this is what it changed, in order. */
  changed(changes: readonly NotedChange[]): void;
  /** All contents are others now. */
  replaced(): void;
  /** False while it has no room for what hosts write: writes are refused before they change anything. */
  takesMore(): boolean;
}
