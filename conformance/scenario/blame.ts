import { requirements } from '../requirements/index.js';
import { aliases } from './calls.js';
import type { Step } from './format.js';
import type { Failure } from './play.js';

const catalogue = new Map(requirements.map((each) => [each.id, each]));

/**
 * What a call owes in any story: that it does what its method is for. It counts against this where the story does not say
 * better.
 */
const contracts: Readonly<Record<string, string>> = {
  do_setup: 'R1',
  check_for_setup_error: 'C-check-for-setup-error-1',
  get_volume_stats: 'C-get-volume-stats-1',
  get_pool: 'C-get-pool-1',
  update_provider_info: 'R3',
  create_volume: 'C-create-volume-1',
  create_volume_from_snapshot: 'C-create-volume-from-snapshot-1',
  create_cloned_volume: 'C-create-cloned-volume-1',
  delete_volume: 'C-delete-volume-1',
  extend_volume: 'C-extend-volume-1',
  create_snapshot: 'C-create-snapshot-1',
  delete_snapshot: 'C-delete-snapshot-1',
  revert_to_snapshot: 'R19',
  validate_connector: 'R24',
  create_export: 'C-create-export-1',
  ensure_export: 'C-ensure-export-1',
  remove_export: 'C-remove-export-1',
  initialize_connection: 'C-initialize-connection-1',
  terminate_connection: 'C-terminate-connection-1',
  attach_volume: 'R30',
  detach_volume: 'R30',
  manage_existing: 'C-manage-existing-1',
  manage_existing_get_size: 'C-manage-existing-get-size-1',
  manage_existing_snapshot: 'R22',
  manage_existing_snapshot_get_size: 'R22',
  unmanage: 'C-unmanage-1',
  unmanage_snapshot: 'R18',
  get_manageable_volumes: 'R23',
  get_manageable_snapshots: 'R23',
  retype: 'R20',
  migrate_volume: 'R20',
  update_migrated_volume: 'R21',
  create_group: 'C-create-group-1',
  delete_group: 'C-delete-group-1',
  update_group: 'R46',
  create_group_from_src: 'R49',
  create_group_snapshot: 'R55',
  delete_group_snapshot: 'R59',
  create_consistencygroup: 'C-create-consistencygroup-1',
  delete_consistencygroup: 'C-delete-consistencygroup-1',
  update_consistencygroup: 'C-update-consistencygroup-1',
  create_consistencygroup_from_src: 'C-create-consistencygroup-from-src-1',
  create_cgsnapshot: 'C-create-cgsnapshot-1',
  delete_cgsnapshot: 'C-delete-cgsnapshot-1',
};

/** What has made the bytes that a host reads, where it is no step of the host's own. */
const makersOfBytes: Readonly<Record<string, string>> = {
  'bytes of a clone': 'create_cloned_volume',
  'bytes of a copy of a snapshot': 'create_volume_from_snapshot',
};

/** Where in a story something failed, as far as it decides what it counts against. */
export interface Place {
  readonly verifies: readonly string[];
  /** The step that failed; undefined at the end. */
  readonly step?: Step;
  /** The last call before it, whose work a look at the array judges. */
  readonly call?: Step | undefined;
  /** Whether the story was made up: then what it verifies is a whole surface, and says nothing about a step. */
  readonly isMadeUp?: boolean;
  /** What the story says that its end shows. */
  readonly end?: string | readonly string[] | undefined;
  /** Requirements that the calls so far were about. */
  readonly touched?: ReadonlySet<string>;
}

/** A failure with the requirement that it counts against. Errors count against none. */
export function blamed(failure: Failure, place: Place): Failure {
  if (failure.isError === true) return failure;
  if (isKnown(failure.requirement)) return isSeen(failure) ? refined(failure, place) : withClause(failure);
  return withRequirements(failure, requirementsAt(failure, place));
}

function withRequirements(failure: Failure, [first, ...also]: readonly string[]): Failure {
  if (first === undefined) return failure;
  return { ...failure, requirement: first, ...(also.length === 0 ? {} : { also }) };
}

/** Whether it was seen on the array or by a host, and names the general rule for what was seen. */
function isSeen({ object = '', method }: Failure): boolean {
  return /^(leaked|missing|wrong) /.test(object) || (method === undefined && object === 'access');
}

/**
 * What is seen tells what is wrong, and the story why it is: what the step names, or what the story verifies of the same
 * methods, takes the place of the general rule. What has to do with none of them keeps its own.
 */
function refined(failure: Failure, { verifies, step, isMadeUp = false }: Place): Failure {
  const { requirement: general = '' } = failure;
  const said = step === undefined ? [] : requirementsOf(step);
  if (said.length > 0) return withRequirements(failure, said);
  if (isMadeUp || verifies.includes(general)) return failure;
  const methods = catalogue.get(general)?.methods ?? [];
  const own = verifies.find((id) => methods.some((method) => speaksOf(id, method)));
  return own === undefined ? failure : { ...failure, requirement: own };
}

/** The document's clauses for one method that say what a rule of the volume manager says for all. */
const clauses: readonly (readonly [rule: string, method: string, wording: RegExp, clause: string])[] = [
  ['R25', 'initialize_connection', /^what create_export returned/, 'C-create-export-2'],
  ['R27', 'initialize_connection', /is undefined|no dict/, 'C-initialize-connection-2'],
  ['R33', 'create_group', /has no status/, 'C-create-group-3'],
  ['R33', 'delete_group', /has no status/, 'C-delete-group-6'],
  ['R34', 'delete_group', /has no id/, 'C-delete-group-5'],
  ['R34', 'delete_group', /that it was handed|that the driver was handed/, 'C-delete-group-3'],
  ['R34', 'delete_group', /that it was handed|no plain dict|that the driver was handed/, 'C-delete-group-4'],
];

/** The broken rule, and the document's clauses that say the same. */
function withClause(failure: Failure): Failure {
  const also = clauses
    .filter(
      ([rule, method, wording]) =>
        rule === failure.requirement && method === failure.method && wording.test(failure.message),
    )
    .map(([, , , clause]) => clause);
  return also.length === 0 ? failure : { ...failure, also };
}

/** Whether the requirement is a "must": what depends on it can't be judged once it is broken. */
export function isMust({ requirement }: Failure): boolean {
  return requirement !== undefined && catalogue.get(requirement)?.level === 'must';
}

/**
 * What the story or the step says; else, of what the story verifies, what speaks of the method; else what the story is about
 * alone, once it has come to that; else the method's contract, as steps before are only there to get to the point.
 */
function requirementsAt(failure: Failure, place: Place): readonly string[] {
  const { verifies, step, call, isMadeUp = false } = place;
  const said = step === undefined ? [place.end ?? []].flat() : requirementsOf(step);
  if (said.length > 0) return said;
  const isCall = step !== undefined && 'call' in step;
  const judgedCall = isCall ? step : call;
  // A look judges the call before it, and so counts against what that one was to show.
  const saidBefore = judgedCall === undefined ? [] : requirementsOf(judgedCall);
  if (saidBefore.length > 0) return saidBefore;
  const maker = makersOfBytes[failure.object ?? ''];
  const methods = maker === undefined ? methodsAt(failure, judgedCall) : [maker];
  const [only, ...others] = isMadeUp ? [] : verifies;
  if (only !== undefined && others.length === 0 && (!isCall || place.touched?.has(only) || speaksOfAny(only, methods)))
    return [only];
  const about = isMadeUp ? [] : verifiedOf(verifies, methods);
  return [about[0] ?? contractOf(methods) ?? only ?? []].flat();
}

/** What of `verifies` speaks of these methods: of the first of them of which anything does. */
function verifiedOf(verifies: readonly string[], methods: readonly string[]): string[] {
  for (const method of methods) {
    const about = verifies.filter((id) => speaksOf(id, method));
    if (about.length > 0) return about;
  }
  return [];
}

/** Which requirements a call is about. */
export function touchedBy(step: { readonly call: string }, verifies: readonly string[]): string[] {
  return verifies.filter((id) => speaksOfAny(id, methodsOf(step)));
}

/** The methods that a call of a story is about, by either of their names. */
function methodsOf({ call }: { readonly call: string }): string[] {
  const start = call === 'do_setup' ? ['check_for_setup_error'] : [];
  const generic = aliases[call];
  const older = Object.keys(aliases).filter((alias) => aliases[alias] === call);
  return [call, ...start, ...(generic === undefined ? [] : [generic]), ...older];
}

function methodsAt({ method }: Failure, step: Step | undefined): string[] {
  const own = step !== undefined && 'call' in step ? methodsOf(step) : [];
  return method === undefined ? own : [method, ...own];
}

function contractOf(methods: readonly string[]): string | undefined {
  const method = methods.find((each) => Object.hasOwn(contracts, each));
  return method === undefined ? undefined : contracts[method];
}

function requirementsOf(step: Step): readonly string[] {
  return 'requirement' in step && step.requirement !== undefined ? [step.requirement].flat() : [];
}

function speaksOfAny(id: string, methods: readonly string[]): boolean {
  return methods.some((method) => speaksOf(id, method));
}

/** Every story has a start: only what is about starting first of all speaks of it. */
function speaksOf(id: string, method: string): boolean {
  const [first, ...others] = catalogue.get(id)?.methods ?? [];
  return first === method || (!starting.includes(method) && others.some((each) => each === method));
}

const starting = ['do_setup', 'check_for_setup_error'];

function isKnown(requirement: string | undefined): boolean {
  return requirement !== undefined && catalogue.has(requirement);
}
