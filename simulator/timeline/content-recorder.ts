import type { ContentJournal, NotedChange } from '../array/content-changes.js';
import type { Contents } from '../array/contents.js';

/** Gathers what is written while it is attached, beside the journal that is there already. */
export class ContentRecorder {
  private gathered: NotedChange[] = [];
  private readonly beside: ContentJournal | undefined;
  private readonly own: ContentJournal;

  constructor(private readonly contents: Contents) {
    const { journal: beside } = contents;
    this.beside = beside;
    this.own = {
      changed: (changes) => {
        // What was written may be overwritten later: it is copied.
        for (const { change, data } of changes)
          this.gathered.push({ change, data: data === undefined ? undefined : new Uint8Array(data) });
        beside?.changed(changes);
      },
      replaced: () => {
        this.gathered = [];
        beside?.replaced();
      },
      takesMore: () => beside?.takesMore() ?? true,
    };
    contents.journal = this.own;
  }

  /** What was written since the last time. */
  take(): NotedChange[] {
    const { gathered } = this;
    if (gathered.length > 0) this.gathered = [];
    return gathered;
  }

  /** Leaves the journal as it was found. */
  end(): void {
    if (this.contents.journal === this.own) this.contents.journal = this.beside;
  }
}
