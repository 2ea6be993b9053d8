import { directChecks } from '../../../conformance/checks/direct.js';
import { difference } from './play-both-ways.js';

/**
 * `npm run both-ways [-- STORY…]`: plays stories of the library with our driver in this process and in a program of its own,
 * all by default, and prints where the traces differ. Exit code 0: they are the same, byte for byte, 1: some are not.
 */
const wanted = process.argv.slice(2);
const stories = (await directChecks())
  .map(({ id }) => id)
  .filter((id) => wanted.length === 0 || wanted.some((word) => id.startsWith(word)));
let equal = 0;
for (const story of stories) {
  const found = await difference(story);
  if (found === undefined) equal++;
  else process.stdout.write(`${story}: ${found}\n`);
}
process.stdout.write(`${stories.length} stories: ${equal} are the same in both ways of running\n`);
process.exitCode = stories.length > 0 && equal === stories.length ? 0 : 1;
