import { CommandError } from '../../../conformance/commands/command.js';

/** Stories of each part of the library, and each property that makes up its stories from the seed: 20 s of processor time. */
export const sampleChecks: readonly string[] = [
  'attach/chap-credentials-of-the-configuration',
  'attach/every-portal-of-the-owner',
  'attach/live-migration',
  'attach/two-attachments-of-one-host',
  'clone/clone-leaves-snapshots-usable',
  'clone/copy-that-fails',
  'contract/every-method-takes-its-arguments',
  'driver/*',
  'group/group-of-a-group',
  'group/snapshot-and-restore',
  'group/volumes-join-and-leave',
  'manage/list-in-pages',
  'manage/what-must-not-be-taken-over',
  'manager/retype-is-said-only-when-done',
  'migrate/name-id-is-what-counts',
  'nightmare/lost-replies-of-creates',
  'nightmare/lost-replies-of-deletes',
  'setup/array-that-is-coming-up-is-waited-for',
  'setup/secrets-in-other-spellings',
  'snapshot/any-order',
  'snapshot/group-that-could-not-be-deleted-goes-later',
  'snapshot/revert-takes-its-time',
  'stats/extra-specs-become-settings',
  'stats/figures-of-partly-full-pools',
  'volume/create-retried-after-failure',
  'volume/life-in-both-kinds-of-pools',
  'property/connections',
  'property/groups',
  'property/names-by-hand',
  'property/partial-failures',
  'property/snapshot-order',
  'property/volume-shapes',
];

/** So few of its examples that a check plays one. */
const oneExample = '0.001';

/** The options of `run` that `--sample` stands for, with the others. Throws CommandError where they say otherwise. */
export function sampled(given: readonly string[]): string[] {
  const others = given.filter((each) => each !== '--sample');
  if (others.length === given.length) return others;
  const contrary = others.find((each) => /^--(only|runs)(=|$)/.test(each));
  if (contrary !== undefined)
    throw new CommandError(
      `--sample with ${contrary} is not possible: it chooses the checks, and one example of each.`,
    );
  return [...others, '--only', sampleChecks.join(','), '--runs', oneExample];
}
