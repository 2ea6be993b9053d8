import { directChecks } from '../../../conformance/checks/direct.js';
import { CommandError } from '../../../conformance/commands/command.js';
import { npmScript } from '../../npm-script.js';
import { difference } from './play-both-ways.js';

const usage = `npm run both-ways -- [--only STORY…]

Plays stories of the library with our driver in this process and in a program of its own, all by default or those whose
name begins with a given one, and prints where the traces differ. Exit code 0: they are the same, byte for byte, 1: some are
not, 2: options that are not possible.
`;

await npmScript({
  name: 'both-ways',
  usage,
  options: { only: { type: 'string', multiple: true, default: [] } },
  async run({ only }) {
    const stories = (await directChecks())
      .map(({ id }) => id)
      .filter((id) => only.length === 0 || only.some((beginning) => id.startsWith(beginning)));
    if (stories.length === 0) throw new CommandError(`no story begins with ${only.join(' or ')}`);
    let equal = 0;
    for (const story of stories) {
      const found = await difference(story);
      if (found === undefined) equal++;
      else process.stdout.write(`${story}: ${found}\n`);
    }
    process.stdout.write(`${stories.length} stories: ${equal} are the same in both ways of running\n`);
    return equal === stories.length ? 0 : 1;
  },
});
