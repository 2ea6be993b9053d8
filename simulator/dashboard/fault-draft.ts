/** A fault rule that the form begins with. Values are as people write them. */
export interface RuleDraft {
  readonly title?: string;
  readonly action: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly when?: Readonly<Record<string, string>>;
  readonly times?: string;
}

/** What people break most. */
export const presets: readonly RuleDraft[] = [
  {
    title: 'Controller B down for 10 minutes',
    action: 'controller',
    settings: { controller: 'B', state: 'offline', for: '10m' },
  },
  { title: 'Copy fails at 40 %', action: 'job', settings: { progression: 'fail-at:40' }, when: { job: 'volumeCopy' } },
  { title: 'A new volume whose answer is lost', action: 'lose-reply', when: { operation: 'createVolume' } },
  { title: 'Array busy, three times', action: 'fail', settings: { retcode: 'busy' }, times: '3' },
  { title: 'Every answer 2 s late', action: 'delay', settings: { for: '2s' }, times: 'always' },
  { title: 'Array does not answer', action: 'offline', times: 'always' },
  { title: 'Next iSCSI login refused', action: 'refuse-login' },
  { title: 'Reads fail with a medium error', action: 'io-error', when: { command: 'read' }, times: 'always' },
];
