import type { UndoLog } from './undo-log.js';

export type SavedContents = Record<string, never>;
export interface Contents {
  save(): SavedContents;
  load(saved: SavedContents): void;
}
export function makeContents(_undo: UndoLog): Contents {
  return { save: () => ({}), load: () => {} };
}
