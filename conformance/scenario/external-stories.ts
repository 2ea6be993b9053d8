import type { ExternalArray } from '../arrays/external/external-array.js';
import { hostMark } from '../arrays/external/label-prefix.js';
import { hostOf } from './calls.js';
import type { CallStep, Scenario, Step } from './format.js';

type Place = Pick<ExternalArray, 'pool' | 'time' | 'startMs'>;

/** Options that say how the array is reached, or that change what all of its users share. */
const optionsOfTheArray: Readonly<Record<string, string>> = {
  use_chap_auth: "sets the array's CHAP secret, which others use too",
  netapp_enable_multiattach: "uses the host group 'cinder-multi-attach', which others use too",
  netapp_pool_name_search_pattern: 'chooses pools of its own',
  netapp_storage_pools: 'chooses pools of its own',
  netapp_volume_list: 'chooses pools of its own',
  netapp_sa_password: "sets the array's password",
  replication_device: 'needs a second array',
};

/** Lists whose objects come with an array, so that stories count them as their own simulator begins. */
const sharedLists = ['hosts', 'host-groups', 'volume-mappings'];

/** Why a story can't be played on an array that others use; undefined when it can be. */
export function whyNotExternal(scenario: Scenario, place: Place): string | undefined {
  const { array = {}, driver = {}, drivers = {}, steps, expect = {} } = scenario;
  const [part] = Object.keys(array).filter((each) => each !== 'seed');
  if (part !== undefined) return `needs an array of its own: ${part}`;
  for (const options of [driver, ...Object.values(drivers)])
    for (const option of Object.keys(options)) {
      const why = optionsOfTheArray[option];
      if (why !== undefined) return why;
      if (/^netapp_(server|transport|webservice|login|password|controller|bearer|ssl)|^replication/.test(option))
        return `says by ${option} how the array is reached`;
    }
  const strange = otherPool(scenario, place);
  if (strange !== undefined) return `needs the pool '${strange}'`;
  const [counted] = Object.keys(expect.array ?? {}).filter((each) => sharedLists.includes(each));
  if (counted !== undefined) return `counts ${counted} of an array of its own`;
  return firstReason(steps, place);
}

/** The story as it is played on an array that others use: in the pool that may be used, with hosts of its own. */
export function adaptForExternalArray(scenario: Scenario, place: Place): Scenario {
  return {
    ...scenario,
    steps: scenario.steps.map((step) => adaptStepForExternalArray(step, place)) as Scenario['steps'],
  };
}

const ofItsOwn = 'expects figures of an array of its own';

function firstReason(steps: readonly Step[], place: Place): string | undefined {
  for (const step of steps) {
    const reason = reasonOf(step, place);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function reasonOf(step: Step, place: Place): string | undefined {
  if ('fault' in step || 'clear' in step) return 'needs /sim/v1 of an array of its own: faults';
  if ('jobs' in step) return 'needs /sim/v1 of an array of its own: jobs';
  if ('advance' in step && !place.time.isManual) return 'needs /sim/v1: a manual clock';
  if ('restart' in step && step.restart === 'simulator') return 'needs a simulator of its own: restarts it';
  if ('rest' in step && (!step.rest.startsWith('GET ') || step.rest.includes('/sim/v1')))
    return `needs an array of its own: sends ${step.rest}`;
  if ('rest' in step && /sequenceNumber/i.test(JSON.stringify(step.expect ?? {}))) return ofItsOwn;
  if ('restart' in step)
    return Object.keys(step.configuration ?? {}).length > 0 ? 'changes the configuration of a driver' : undefined;
  if ('parallel' in step) return firstReason(step.parallel, place);
  if ('repeat' in step) return firstReason(step.steps, place);
  return 'call' in step ? reasonOfCall(step, place) : undefined;
}

function reasonOfCall(step: CallStep, { pool }: Place): string | undefined {
  if (/iqn\.|initiator":"[^"]/.test(JSON.stringify([step.connector, step.args])))
    return 'names an initiator that others may have';
  if (step.expect?.took !== undefined) return 'measures the time of an array of its own';
  if (step.type?.netapp_thin_provisioned !== undefined && !pool.isDiskPool)
    return `needs a disk pool, which '${pool.label}' is not`;
  const returns = step.expect?.returns;
  if (returns !== undefined && (step.call.startsWith('get_manageable') || JSON.stringify(returns).includes('"pools"')))
    return ofItsOwn;
  return undefined;
}

/** A pool that the story names, other than the one that may be used. */
function otherPool(scenario: Scenario, { pool }: Place): string | undefined {
  const named = [...JSON.stringify(scenario.steps).matchAll(/"(?:pool|pool_name)":"([^"]*)"|#(\w+)/g)];
  return named.map(([, one, other]) => one ?? other).find((name) => name !== pool.label);
}

const makesVolumes = ['create_volume', 'create_volume_from_snapshot', 'create_cloned_volume'];
const meansHosts = ['initialize_connection', 'terminate_connection'];

function adaptStepForExternalArray(step: Step, place: Place): Step {
  if ('parallel' in step)
    return { ...step, parallel: step.parallel.map((each) => adaptStepForExternalArray(each, place)) as never };
  if ('repeat' in step)
    return { ...step, steps: step.steps.map((each) => adaptStepForExternalArray(each, place)) as never };
  const host = (meant: { readonly host?: string }) => `${hostMark(place.startMs)}${hostOf(meant)}`;
  if ('io' in step) return { ...step, host: host(step) };
  if ('rest' in step)
    return {
      ...step,
      rest: step.rest.replaceAll(/\{([\w.-]+):host\}/g, (_, name: string) => `{${host({ host: name })}:host}`),
    };
  if (!('call' in step) || step.args !== undefined) return step;
  if (makesVolumes.includes(step.call)) return { pool: place.pool.label, ...step };
  if (!meansHosts.includes(step.call)) return step;
  if (step.call !== 'initialize_connection' || step.as !== undefined) return { ...step, host: host(step) };
  // The name that the story has for the attachment is not to change, nor whose status it means.
  const { status, ...expect } = step.expect ?? {};
  const named = { ...step, as: `${String(step.of)}@${hostOf(step)}`, host: host(step) };
  if (status === undefined) return named;
  return { ...named, expect: { ...expect, statuses: { ...expect.statuses, [String(step.of)]: status } } };
}
