/** Where a command is tried: in a fresh clone, and in a project that installed the packed package. */
export type Place = 'clone' | 'project';

/** A documented command that is not tried exactly as it is written. */
export interface Exception {
  /** What the command begins with. */
  readonly command: string;
  /** Only there; by default in both places. */
  readonly place?: Place;
  /** Why. */
  readonly reason: string;
  /** Appended to the command, so that it takes less time; without it the command is not run. */
  readonly shortened?: string;
  /** The sample: with `--all` it is run as it is written. */
  readonly onlyOf?: 'the sample';
  /** Exit code and output, where the command is run and 0 is not what must come. */
  readonly expected?: { readonly code: number; readonly output: RegExp };
}

const ofClone = 'is for those who work on the clone';
const needsInitiator = 'needs root, the initiator of the kernel, and the name of the target; test/e2e attaches volumes';
const minutes = 'takes minutes';
const standIn = 'the class that stands in for that of a reader has no array';
const notJudged = /CANNOT BE JUDGED/;
const one = ' --only driver/version';

export const exceptions: readonly Exception[] = [
  {
    command: 'npm ci && npm start',
    reason: 'does not end: both halves are run before all others, with free ports',
  },
  { command: 'npm cit', reason: `${minutes}: CI runs it` },
  { command: 'npm ci', place: 'clone', reason: 'is run before all others' },
  { command: 'npm ci', place: 'project', reason: ofClone },
  { command: 'npm test', reason: `${minutes}: CI runs it` },
  { command: 'npm run check', reason: `${minutes}: CI runs it` },
  { command: 'npx eseries-conformance replay scenarios/', place: 'project', reason: ofClone },
  { command: 'npx eseries-conformance replay scenarios --subject', reason: minutes },
  {
    command: 'npx eseries-conformance replay --library',
    place: 'clone',
    reason: 'takes half a minute: the project runs it',
  },
  {
    command: 'npx eseries-conformance replay --library',
    place: 'project',
    reason: 'takes half a minute: --all runs it',
    onlyOf: 'the sample',
  },
  { command: 'npx eseries-conformance run --explore', place: 'clone', reason: 'takes a while: the project runs it' },
  {
    command: 'npx eseries-conformance run --explore',
    place: 'project',
    reason: 'is run as it is written, not shortened',
    expected: { code: 0, output: /revert_to_snapshot/ },
  },
  {
    command: 'npx eseries-conformance run --subject "python3 cinder_subject.py',
    reason: standIn,
    shortened: `${one} --subject "python3 cinder_subject.py --path . --driver package.module.Class"`,
    expected: { code: 1, output: notJudged },
  },
  {
    command: 'npx eseries-conformance run --subject',
    reason: minutes,
    shortened: one,
  },
  {
    command: 'npx eseries-conformance run --cinder-driver',
    reason: standIn,
    shortened: one,
    expected: { code: 1, output: notJudged },
  },
  {
    command: 'npx eseries-conformance run',
    place: 'clone',
    reason: 'takes half a minute: the project runs it whole',
    shortened: one,
  },
  {
    command: 'npx eseries-conformance run',
    place: 'project',
    reason: 'takes half a minute: --all runs it whole',
    shortened: one,
    onlyOf: 'the sample',
  },
  {
    command: 'npx eseries-conformance campaign',
    reason: minutes,
    shortened: ' --seeds 1 --runs 0.01 --only property/groups',
  },
  { command: 'docker ', reason: 'needs a container engine and base images; test/delivery tries what the image runs' },
  { command: 'kubectl ', reason: 'needs a cluster; test/delivery runs the jobs as processes' },
  { command: 'npx eseries-simulator --host 192.0.2.10', reason: 'the address is an example' },
  { command: 'openstack ', reason: 'needs an OpenStack' },
  { command: 'tempest ', reason: 'needs an OpenStack' },
  { command: 'iscsiadm ', reason: needsInitiator },
  { command: 'lsblk ', reason: needsInitiator },
  { command: 'multipath ', reason: needsInitiator },
  { command: 'iscsi-ls ', reason: needsInitiator },
  { command: 'qemu-img ', reason: needsInitiator },
  { command: 'qemu-system-x86_64 ', reason: needsInitiator },
];

/** What is to be known of a command at a place, in the sample or in all; undefined where it is run as it is written. */
export function exceptionOf(command: string, place: Place, isAll = false): Exception | undefined {
  const found = exceptions.find((each) => command.startsWith(each.command) && (each.place ?? place) === place);
  return isAll && found?.onlyOf === 'the sample' ? undefined : found;
}
