import { parseArgs } from 'node:util';
import { Linter } from '../scenario/lint.js';
import { type Problem, problemLine } from '../scenario/read-scenario.js';
import { type Command, exitCodes } from './command.js';
import { readFileAsScenario, scenarioFiles } from './scenario-files.js';
import { lintUsage } from './usage/lint.js';

export const lint: Command = {
  ...lintUsage,
  async run(args, { out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: lintUsage.options,
      allowPositionals: true,
    });
    const files = await scenarioFiles(positionals, values);
    const linter = new Linter();
    const problems: Problem[] = [];
    try {
      for (const file of files) {
        const read = await readFileAsScenario(file);
        problems.push(...('problems' in read ? read.problems : await linter.lint(read)));
      }
    } finally {
      await linter.close();
    }
    if (values.json) out.write(`${JSON.stringify({ files: files.length, problems }, null, 2)}\n`);
    else {
      for (const problem of problems) out.write(`${problemLine(problem)}\n`);
      out.write(`${files.length} files, ${problems.length} problems\n`);
    }
    return problems.length === 0 ? exitCodes.passed : exitCodes.failed;
  },
};
