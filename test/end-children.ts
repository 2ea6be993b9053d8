import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { endChildren, runningChildren } from './child-process.js';

// Runs before each test file: a process that a test started ends with that test, one that a hook of the file started
// ends with the file, whether they pass or fail.
let startedBefore: ReadonlySet<ChildProcess> = new Set();

beforeEach(() => {
  startedBefore = runningChildren();
});

afterEach(() => endChildren(startedBefore));

afterAll(() => endChildren());
