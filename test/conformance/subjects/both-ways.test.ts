import { beforeAll, describe, expect, it } from 'vitest';
import { difference, overStdio, playedBy } from '../both-ways/play-both-ways.js';

/** Copies and expansions that take time, arrays that are late or slow, rebuilds, hosts that read and write, and races. */
const stories = [
  'clone/copy-that-fails',
  'clone/failed-copy-is-no-success',
  'nightmare/array-slower-than-the-driver-waits',
  'nightmare/array-that-is-always-slow',
  'nightmare/controller-fails-during-a-copy',
  'nightmare/drive-fails-and-is-rebuilt',
  'setup/answer-that-never-comes',
  'setup/array-that-is-coming-up-is-waited-for',
  'setup/password-of-the-array-is-sent-again',
  'volume/extend-on-a-volume-group-waits',
  'replication/replica-of-a-clone',
  'attach/luns-of-a-race',
  'clone/clones-at-once-have-images-of-their-own',
];

describe('our driver in a program of its own', () => {
  // The program is reusable: the first driver starts it for all the others.
  beforeAll(async () => {
    await playedBy(overStdio, 'volume/failed-create-leaves-nothing');
  });

  it.each(stories)('makes of %s what it makes of it in this process, byte for byte', async (name) => {
    expect(await difference(name)).toBeUndefined();
  });
});
