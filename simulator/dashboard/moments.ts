import { read } from './control-api.ts';
import { size, tableWords } from './formats.ts';
import { eventText } from './happenings.tsx';

/** A moment as /sim/v1/arrays/ID/timeline has it. */
export interface Moment {
  readonly number: number;
  readonly timeMs: number;
  readonly content: MomentContent;
}

export type MomentContent = { readonly kind: string } & Readonly<Record<string, unknown>>;

export interface Recording {
  readonly recorded: boolean;
  readonly first: number;
  readonly last: number;
  readonly memoryBytes: number;
  readonly usedBytes: number;
  readonly bytesPerOperation: number;
  readonly moments: readonly Moment[];
}

interface ChangedObject {
  readonly table: string;
  readonly label: string;
  readonly ref: string;
  readonly change: string;
}

const mostObjects = 4;

/** What happened, in a line. */
export function momentText(content: MomentContent): string {
  switch (content.kind) {
    case 'start':
      return 'the recording began';
    case 'replaced':
      return `the array was replaced by a ${content.by}`;
    case 'request':
      return `${content.method} ${content.url} ${content.status === 0 ? 'cut off' : content.status}`;
    case 'login':
    case 'logout':
    case 'commands':
      return eventText({ kind: content.kind, data: content });
    case 'note':
      return String(content.text);
    case 'fault':
      return `fault rule ${content.rule} ${content.change}${content.what ? `: ${content.what}` : ''}`;
    default: {
      const objects = content.objects as readonly ChangedObject[];
      const named = objects
        .slice(0, mostObjects)
        .map(({ table, label, ref, change }) =>
          table === 'events' ? `event log: ${label}` : `${tableWords(table)[0]} ${label || ref} ${change}`,
        );
      const more = objects.length > mostObjects ? [`${objects.length - mostObjects} more`] : [];
      const bytes = Number(content.bytes) > 0 ? [`${size(Number(content.bytes))} written`] : [];
      return [...named, ...more, ...bytes].join('; ') || 'bytes changed';
    }
  }
}

const mostRead = 1000;

/** The last thousand moments of a timeline, by its path below /sim/v1; none where nothing is recorded. */
export async function readLastMoments(at: string): Promise<Recording> {
  const head = await read<Recording>(`${at}?limit=0`);
  if (!head.recorded) return head;
  return read<Recording>(`${at}?since=${Math.max(head.first, head.last + 1 - mostRead)}`);
}
