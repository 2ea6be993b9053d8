import { exitCodes } from '../../../conformance/commands/command.js';
import { complaintOf } from '../../../conformance/commands/complaint.js';
import { run } from '../../../conformance/commands/run.js';
import { secondDriverFolder } from '../mutants/python/changed-package.js';
import { pythonWithCinder } from '../subjects/python-programs.js';
import { secondDriver } from '../subjects/second-driver.js';
import { sampled } from './sample.js';

/**
 * `npm run second-driver [-- --sample] [OPTIONS of run]`: judges the second driver, which is written in Python, with real
 * Cinder. Exit codes are those of `run`; 0 where no Python has Cinder, which is said.
 */
const command = 'npm run second-driver --';
const given = process.argv.slice(2);
const python = given.includes('--help') ? undefined : pythonWithCinder();
if (given.includes('--help'))
  process.stdout.write(
    `${command} [--sample] [options of run]\n\n--sample judges a part, in less than a minute of processor time. The options of run:\n\n${run.usage}`,
  );
else if (python !== undefined)
  try {
    const args = ['--subject', secondDriver(python, secondDriverFolder), ...sampled(given)];
    process.exitCode = await run.run(args, { out: process.stdout, err: process.stderr });
  } catch (error) {
    process.stderr.write(`${complaintOf(error, command, run)}\n`);
    process.exitCode = exitCodes.couldNotRun;
  }
