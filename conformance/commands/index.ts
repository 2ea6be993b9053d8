import type { Command, CommandUsage } from './command.js';
import { campaignUsage } from './usage/campaign.js';
import { indexUsage } from './usage/index-scenarios.js';
import { lintUsage } from './usage/lint.js';
import { mergeUsage } from './usage/merge.js';
import { recordUsage } from './usage/record.js';
import { replayUsage } from './usage/replay.js';
import { requirementsUsage } from './usage/requirements.js';
import { runUsage } from './usage/run.js';
import { smokeUsage } from './usage/smoke.js';

/** A command as the command line knows it: what runs it is loaded only when it is to run, as that takes a while. */
export interface ListedCommand {
  readonly usage: CommandUsage;
  load(): Promise<Command>;
}

/** The commands by their names, in the order in which they are shown. */
export const commands: Readonly<Record<string, ListedCommand>> = {
  run: { usage: runUsage, load: async () => (await import('./run.js')).run },
  requirements: { usage: requirementsUsage, load: async () => (await import('./requirements.js')).requirementsCommand },
  campaign: { usage: campaignUsage, load: async () => (await import('./campaign.js')).campaign },
  smoke: { usage: smokeUsage, load: async () => (await import('./smoke.js')).smokeCommand },
  merge: { usage: mergeUsage, load: async () => (await import('./merge.js')).merge },
  replay: { usage: replayUsage, load: async () => (await import('./replay.js')).replay },
  lint: { usage: lintUsage, load: async () => (await import('./lint.js')).lint },
  record: { usage: recordUsage, load: async () => (await import('./record.js')).record },
  index: { usage: indexUsage, load: async () => (await import('./index-scenarios.js')).indexScenarios },
};
