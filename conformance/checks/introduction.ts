import type { Scenario } from '../scenario/format.js';
import { missingMethods } from '../subjects/methods.js';
import type { Check, CheckContext, CheckRun } from './check.js';
import { checkRunOf } from './played.js';

/** What the document says of the class, before any method is called. */
export const introductionChecks: readonly Check[] = [
  constant('CI_WIKI_NAME', 'NetApp_Eseries_CI', 'C-ci-wiki-name-1'),
  constant('DRIVER_NAME', 'NetApp_iSCSI_ESeries', 'C-driver-name-1'),
  {
    id: 'driver/methods',
    kind: 'direct',
    title: 'The driver has every method that is mandatory',
    verifies: ['C-driver-1'],
    async run({ methods }) {
      const missing = missingMethods(methods);
      if (missing.length === 0) return held;
      return broken('C-driver-1', { message: `The driver lacks ${missing.join(', ')}.` });
    },
  },
  {
    id: 'driver/protocol',
    kind: 'direct',
    title: 'The driver serves iSCSI, and can take over volumes',
    verifies: ['C-driver-2'],
    run: servesAndTakesOver,
  },
  constant('VERSION', '1.0.0', 'C-version-1'),
];

const held: CheckRun = { outcome: 'pass', stories: 0, driverCalls: 0 };

interface Sides {
  readonly message: string;
  readonly expected?: unknown;
  readonly found?: unknown;
}

function broken(requirement: string, sides: Sides): CheckRun {
  const failure = { failures: [{ ...sides, requirement }], scenario: '', trace: '', seed: 0 };
  return { outcome: 'fail', stories: 0, driverCalls: 0, failure };
}

function constant(name: string, expected: string, requirement: string): Check {
  return {
    id: `driver/${name.toLowerCase().replaceAll('_', '-')}`,
    kind: 'direct',
    title: `The constant ${name} is the documented text`,
    verifies: [requirement],
    async run({ constants }) {
      const found = constants[name];
      if (found === expected) return held;
      const message =
        found === undefined ? `The driver does not tell its constant ${name}` : `The constant ${name} is another text`;
      return broken(requirement, { message, expected, found });
    },
  };
}

async function servesAndTakesOver({ methods, play }: CheckContext): Promise<CheckRun> {
  const needed = ['initialize_connection', 'manage_existing', 'manage_existing_get_size', 'unmanage'];
  const missing = needed.filter((name) => !methods.has(name));
  if (missing.length > 0) return broken('C-driver-2', { message: `The driver lacks ${missing.join(', ')}.` });
  return checkRunOf(await play(protocolStory, 'driver/protocol'), JSON.stringify(protocolStory, null, 2));
}

/** JSON is YAML too, so that a failure can be saved as it is. */
const protocolStory: Scenario = {
  name: 'The driver serves iSCSI',
  why: 'The protocol is in its statistics: by it the scheduler finds backends.',
  verifies: ['C-driver-2'],
  steps: [
    {
      call: 'get_volume_stats',
      refresh: true,
      requirement: 'C-driver-2',
      expect: { returns: { storage_protocol: 'iSCSI' } },
    },
  ],
};
