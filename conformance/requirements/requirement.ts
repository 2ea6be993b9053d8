import type { DriverName } from './method-names.js';

/** One statement that a driver is judged by. */
export interface Requirement {
  /** `C-<method>-<n>` for the document, `R<n>`, `B<n>`, `Q<n>` for the manager's rules, upstream's fixes and defects. */
  readonly id: string;
  /** What holds of a driver that conforms, in one or two sentences. */
  readonly clause: string;
  /** Who says so. */
  readonly source: string;
  /** must: the document says it, or data, or who can read them, depend on it. should: everything else. */
  readonly level: 'must' | 'should';
  /** The methods, or constants, whose use shows it. */
  readonly methods: readonly DriverName[];
  /** Why no check can show it from outside. */
  readonly unobservable?: string;
}
