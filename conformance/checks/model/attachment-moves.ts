import type { Step } from '../../scenario/format.js';
import type { CommandKind } from './command.js';
import { chosen, type Move, type Resolver } from './move.js';
import type { StoryState } from './story-state.js';

const hosts = ['host-1', 'host-2', 'host-3'];

/** How much of a volume is written and read. */
const io = { length: '4 KiB' };

interface Attached {
  readonly name: string;
  readonly host: string;
  readonly others: number;
}

/** How hosts work with volumes. */
export interface Hosting {
  /** They read and write over iSCSI. */
  readonly wire: boolean;
  /** Several may have the same volume: the driver is configured to let them. */
  readonly sharing: boolean;
}

/** Commands about attachments; where the wire is used, hosts read and write. */
export function attachmentMoves({ wire, sharing }: Hosting): { readonly [Kind in CommandKind]?: Resolver } {
  return {
    attach(story, { one, other }) {
      const possible = story.volumes.flatMap(({ name, row }) => {
        if (row.status !== 'available' && !(row.status === 'in-use' && row.multiattach && sharing)) return [];
        const taken = story.attachmentsOf(row).map(({ connector }) => connector?.host);
        return hosts.filter((host) => !taken.includes(host)).map((host) => ({ name, host }));
      });
      const pair = chosen(possible, one * hosts.length + other);
      if (pair === undefined) return undefined;
      const { name, host } = pair;
      const known = story.contents.get(name);
      const pattern = known ?? story.newName('bytes');
      // What is there is read at once; where nothing is known of it, it is written, so that copies can be told apart.
      const after: Step = known === undefined ? writing(name, host, pattern) : reading(name, host, pattern);
      return {
        step: { call: 'initialize_connection', of: name, host },
        about: [name, host],
        isDone: () => attached(story).some((each) => each.name === name && each.host === host),
        ...(wire ? { after: [after], learn: () => void story.contents.set(name, pattern) } : {}),
      };
    },
    detach(story, { one }) {
      const pair = chosen(attached(story), one);
      if (pair === undefined) return undefined;
      const { name, host, others } = pair;
      return {
        step: { call: 'terminate_connection', of: name, host },
        about: [name, host],
        isDone: () => !attached(story).some((each) => each.name === name && each.host === host),
        // Hosts that share a volume share its mapping: only the last one that leaves takes it along.
        ...(wire && others === 0 ? { after: [{ io: 'refused', of: name, host } as const] } : {}),
      };
    },
    write(story, { one }) {
      const pair = wire ? chosen(attached(story), one) : undefined;
      if (pair === undefined) return undefined;
      const { name, host } = pair;
      const pattern = story.newName('bytes');
      return {
        step: writing(name, host, pattern),
        about: [name],
        learn: () => {
          story.contents.set(name, pattern);
        },
      };
    },
    read(story, { one }): Move | undefined {
      const known = attached(story).filter(({ name }) => story.contents.has(name));
      const pair = wire ? chosen(known, one) : undefined;
      if (pair === undefined) return undefined;
      return { step: reading(pair.name, pair.host, story.contents.get(pair.name) ?? ''), about: [pair.name] };
    },
  };
}

/** Who is attached where. */
function attached(story: StoryState): Attached[] {
  return story.volumes.flatMap(({ name, row }) => {
    const attachments = story.attachmentsOf(row);
    return attachments.flatMap(({ connector }) =>
      connector?.host === undefined ? [] : [{ name, host: connector.host, others: attachments.length - 1 }],
    );
  });
}

function reading(of: string, host: string, pattern: string): Step {
  return { io: 'read', of, host, pattern, ...io };
}

function writing(of: string, host: string, pattern: string): Step {
  return { io: 'write', of, host, pattern, ...io };
}
