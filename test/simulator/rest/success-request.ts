import type { FormFiles } from './forms.js';

/** A request that succeeds, by the id of its operation. */
export interface SuccessRequest {
  readonly operation: string;
  /** The variable parts of its path, by name; the storage system is `1`. A function takes them from earlier answers. */
  readonly params?: (answers: Answers) => Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>> | ((answers: Answers) => Readonly<Record<string, string>>);
  readonly body?: unknown | ((answers: Answers) => unknown);
  /** Parts of a form that are files, by name: file name and content. */
  readonly files?: FormFiles | ((answers: Answers) => FormFiles);
}

/** The last answer of each operation so far. */
// biome-ignore lint/suspicious/noExplicitAny: answers are what their schemas say
export type Answers = Readonly<Record<string, any>>;
