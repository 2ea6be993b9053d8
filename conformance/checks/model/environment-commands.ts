import { mainDriver } from '../../harness/main-driver.js';
import type { CommandKind } from './command.js';
import { chosen, type Resolver } from './move.js';

const pauses = ['10s', '90s', '10m', '2h'];
const progressions = ['instant', 'polls:1', 'polls:3'];

/** Commands about what is around volumes: restarts, time, and how fast the array works. */
export const environmentCommands: { readonly [Kind in CommandKind]?: Resolver } = {
  stats: () => ({ step: { call: 'get_volume_stats', refresh: true } }),
  time: (_, { one }) => ({ step: { advance: chosen(pauses, one) ?? '10s' } }),
  jobs: (_, { one }) => ({ step: { jobs: { volumeCopy: chosen(progressions, one) ?? 'instant' } } }),
  restart: (story, { second }) => {
    const by = second ? story.play.harness.drivers.find((name) => name !== mainDriver) : undefined;
    return { step: { restart: 'driver', ...(by === undefined ? {} : { by }) } };
  },
  'power-cycle': () => ({ step: { restart: 'simulator' } }),
};
