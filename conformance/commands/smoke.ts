import { parseArgs } from 'node:util';
import { startOwnSimulator } from '../arrays/own-simulator.js';
import { describeSmoke, smoke } from '../subjects/smoke.js';
import { subjectOf } from '../subjects/subject-of.js';
import { patienceOf } from '../wall-clock.js';
import { type Command, exitCodes } from './command.js';
import { optionValue } from './options.js';

export const smokeCommand: Command = {
  summary: 'try whether a new subject speaks as the suite expects, and say what is wrong',
  usage: `eseries-conformance smoke --subject WHAT [options]

Starts the driver against a fresh array and makes calls that leave nothing behind: it says what was sent, what came
back, what was expected and what to do about it. Exit code 0: the suite can judge the driver, 1: it can't.

  --subject WHAT   a command line that speaks JSON-RPC in lines, or module:FILE; by default this package's driver
  --patience 10s   how long a program may take for an answer
  --json           as JSON
`,
  async run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        subject: { type: 'string' },
        patience: { type: 'string', default: '10s' },
        json: { type: 'boolean' },
      },
    });
    const patience = patienceOf(optionValue.duration('--patience', values.patience));
    const array = await startOwnSimulator({ listen: true, seed: 1 });
    try {
      const { hostname, port } = new URL(array.url);
      const report = await smoke(subjectOf(values.subject, { patience }), {
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
