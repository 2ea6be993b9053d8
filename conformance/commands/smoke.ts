import { parseArgs } from 'node:util';
import { startOwnSimulator } from '../arrays/own-simulator.js';
import { patienceOf } from '../runtime/wall-clock.js';
import { describeSmoke, smoke } from '../subjects/smoke.js';
import { subjectOf } from '../subjects/subject-of.js';
import { type Command, exitCodes } from './command.js';
import { givenSubject } from './given-subject.js';
import { optionValue } from './options.js';
import { smokeUsage } from './usage/smoke.js';

export const smokeCommand: Command = {
  ...smokeUsage,
  async run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: smokeUsage.options,
    });
    const patience = patienceOf(optionValue.duration('--patience', values.patience));
    const array = await startOwnSimulator({ listen: true, seed: 1 });
    try {
      const { hostname, port } = new URL(array.url);
      const report = await smoke(subjectOf(givenSubject(values), { patience }), {
        configuration: {
          netapp_server_hostname: hostname,
          netapp_server_port: Number(port),
          netapp_login: 'admin',
          netapp_password: 'admin',
          netapp_controller_ips: hostname,
        },
      });
      out.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : `${describeSmoke(report)}\n`);
      return report.usable ? exitCodes.passed : exitCodes.failed;
    } finally {
      await array.close();
    }
  },
};
