import { parseArgs } from 'node:util';
import { allChecks } from '../checks/all-checks.js';
import { requirements } from '../requirements/index.js';
import { type Command, exitCodes } from './command.js';
import { requirementsUsage } from './usage/requirements.js';

export const requirementsCommand: Command = {
  ...requirementsUsage,
  async run(args, { out }) {
    const { values } = parseArgs({ args: [...args], options: requirementsUsage.options });
    const checks = await allChecks();
    const listed = requirements.map(({ id, level, clause, source, methods, unobservable }) => ({
      id,
      level,
      clause,
      source,
      methods,
      ...(unobservable === undefined ? {} : { unobservable }),
      checks: checks.filter(({ verifies }) => verifies.includes(id)).map((check) => check.id),
    }));
    if (values.json === true) out.write(`${JSON.stringify({ requirements: listed }, null, 2)}\n`);
    else for (const each of listed) out.write(paragraph(each));
    return exitCodes.passed;
  },
};

interface Listed {
  readonly id: string;
  readonly level: string;
  readonly clause: string;
  readonly source: string;
  readonly unobservable?: string;
  readonly checks: readonly string[];
}

function paragraph({ id, level, clause, source, unobservable, checks }: Listed): string {
  const shown = checks.length > 0 ? checks.join(', ') : (unobservable ?? 'none');
  return `${id} (${level}) ${clause}\n  source: ${source}\n  checks: ${shown}\n\n`;
}
