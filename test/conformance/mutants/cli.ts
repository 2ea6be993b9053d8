import { CommandError } from '../../../conformance/commands/command.js';
import { npmScript } from '../../npm-script.js';
import { corpus } from './corpus/index.js';
import { judgeGenerated } from './generated/index.js';
import { generatedOptions, generatedOptionTypes } from './generated/options.js';
import { judgeCorpus } from './index.js';
import { pythonCorpus } from './python/corpus/index.js';
import { judgePython } from './python/index.js';

const usage = `npm run mutants -- [ID or rule…] [--because]
npm run mutants -- --python [ID or rule…]
npm run mutants -- --generated [--seed N] [--count N] [--only FILE[:LINE]]… [--workers N] [--most-checks N] [--goal PERCENT]
                   [--equivalents] [--because]

Judges wrong drivers: whether the suite notices. The corpus by default, with --python the defects of the second driver, with
--generated a random sample of what an instrumenter makes of our driver. Exit code 0: all were noticed, or as many percent
as the goal says, 1: not, 2: options that are not possible.

  --because        say what was found
  --seed N         which sample (1)
  --count N        how many (200)
  --only FILE      from this file or line of driver/ alone
  --workers N      so many processes (one for each core)
  --most-checks N  at most so many checks for a mutant, the shortest
  --goal PERCENT   how many have to be noticed (95)
  --equivalents    judge those as well that are listed as equivalent
`;

const words = [
  ...corpus.flatMap(({ id, rule }) => [id, rule]),
  ...pythonCorpus.flatMap(({ id, rules }) => [id, ...rules]),
];

await npmScript({
  name: 'mutants',
  usage,
  options: {
    ...generatedOptionTypes,
    because: { type: 'boolean', default: false },
    generated: { type: 'boolean', default: false },
    python: { type: 'boolean', default: false },
  },
  words: { kind: 'mutant or rule', known: [...new Set(words)] },
  run({ generated, python, ...values }, wanted) {
    if (generated && wanted.length > 0)
      throw new CommandError(`${wanted.join(', ')}: with --generated, --only FILE chooses`);
    if (generated) return judgeGenerated(generatedOptions(values));
    return python ? judgePython(wanted) : judgeCorpus(wanted, values.because);
  },
});
