import { createInterface } from 'node:readline';
import { lockFile } from '../../../simulator/store/state-lock.js';

/** Tries to take the lock of each state file that a line names, says what came of it, and lets go at an empty line. */
let unlock: (() => void) | undefined;
for await (const path of createInterface({ input: process.stdin })) {
  if (path === '') {
    unlock?.();
    unlock = undefined;
    process.stdout.write('free\n');
    continue;
  }
  try {
    unlock = lockFile(path);
    process.stdout.write('held\n');
  } catch (error) {
    process.stdout.write(`${(error as Error).name}: ${(error as Error).message}\n`);
  }
}
