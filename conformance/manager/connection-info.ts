import { isDeepStrictEqual } from 'node:util';
import { copyOf, isPlainObject, shown } from './driver-answers.js';
import { exception } from './exceptions.js';
import type { Operation } from './operation.js';
import type { AttachmentRecord, VolumeRecord } from './records.js';

type Info = Record<string, unknown>;

/**
 * The connection info as the compute host gets it: the data, overlaid by the rest, with what the manager adds (source:
 * R27, R28). Throws KeyError or TypeError where Cinder's subscripting would.
 */
export function readConnectionInfo(
  operation: Operation,
  volume: VolumeRecord,
  attachment: AttachmentRecord,
  returned: unknown,
): Info {
  const violate = (requirement: string, message: string) =>
    operation.violate(requirement, `initialize_connection: ${message}`);
  if (!isPlainObject(returned)) {
    violate('R27', `the connection info is ${shown(returned)}, no dict`);
    throw exception('TypeError', `the connection info can't be subscripted: ${shown(returned)}`);
  }
  const { data, ...rest } = returned;
  if (!isPlainObject(data)) {
    violate('R27', `the connection info's data is ${shown(data)}, no dict`);
    throw exception(data === undefined ? 'KeyError' : 'TypeError', 'data');
  }
  if (typeof returned.driver_volume_type !== 'string')
    violate('R27', `driver_volume_type is ${shown(returned.driver_volume_type)}, no text`);
  for (const path of notJson(returned, '')) violate('R27', `${path} is no value of JSON`);
  for (const [name, value] of Object.entries(rest))
    if (name in data && !isDeepStrictEqual(value, data[name]))
      violate(
        'R28',
        `${name} is ${shown(value)} beside the data, which it is laid over, and ${shown(data[name])} in it`,
      );
  if ('access_mode' in data) violate('B10', 'the data has access_mode, which is the manager’s');
  if (returned.driver_volume_type === 'iscsi') checkTarget(volume, data, violate);
  return {
    ...(copyOf(data) as Info),
    qos_specs: null,
    access_mode: 'rw',
    encrypted: data.encrypted ?? false,
    ...(copyOf(rest) as Info),
    attachment_id: attachment.id,
  };
}

/** The paths of what JSON can't carry. */
function notJson(value: unknown, path: string): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (Array.isArray(value)) return value.flatMap((each, index) => notJson(each, `${path}[${index}]`));
  if (!isPlainObject(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => notJson(each, path === '' ? key : `${path}.${key}`));
}

type Violate = (requirement: string, message: string) => void;

/** What an iSCSI initiator needs (source: R27, B2, B26). */
function checkTarget(volume: VolumeRecord, data: Info, violate: Violate): void {
  if (typeof data.target_portal !== 'string' || !/:\d+$/.test(data.target_portal))
    violate('R27', `target_portal is ${shown(data.target_portal)}, not 'address:port'`);
  if (typeof data.target_iqn !== 'string' || data.target_iqn === '')
    violate('R27', `target_iqn is ${shown(data.target_iqn)}, no name`);
  if (!isLun(data.target_lun)) violate('B26', `target_lun is ${shown(data.target_lun)}, no whole number`);
  if (typeof data.target_discovered !== 'boolean')
    violate('R27', `target_discovered is ${shown(data.target_discovered)}, no boolean`);
  if (data.volume_id !== volume.id) violate('R27', `volume_id is ${shown(data.volume_id)}, not the volume's id`);
  checkPaths(data, violate);
  for (const prefix of ['', 'discovery_'])
    if (`${prefix}auth_method` in data)
      for (const name of ['method', 'username', 'password'])
        if (typeof data[`${prefix}auth_${name}`] !== 'string' || data[`${prefix}auth_${name}`] === '')
          violate('R27', `${prefix}auth_${name} is no text, with ${prefix}auth_method given`);
}

/** The plural keys: all or none, equally long, beginning with the singular ones (source: B2). */
function checkPaths(data: Info, violate: Violate): void {
  const pairs = [
    ['target_portals', 'target_portal'],
    ['target_iqns', 'target_iqn'],
    ['target_luns', 'target_lun'],
  ] as const;
  const present = pairs.filter(([plural]) => plural in data);
  if (present.length === 0) return;
  const lists = present.map(([plural]) => data[plural]);
  if (present.length < pairs.length || !lists.every(Array.isArray)) {
    violate('B2', `target_portals, target_iqns and target_luns are lists, all of them or none, not ${shown(lists)}`);
    return;
  }
  const lengths = new Set(lists.map((list: unknown[]) => list.length));
  if (lengths.size > 1) violate('B2', `target_portals, target_iqns and target_luns are of different lengths`);
  if ([...lengths].some((length) => length < 2)) violate('B2', 'the plural keys are there for less than two portals');
  for (const [plural, singular] of pairs) {
    const list = data[plural] as unknown[];
    if (list[0] !== data[singular])
      violate('B2', `${plural} begins with ${shown(list[0])}, ${singular} is ${shown(data[singular])}`);
    const wanted = plural === 'target_luns' ? isLun : (each: unknown) => typeof each === 'string' && each !== '';
    if (!list.every(wanted))
      violate(plural === 'target_luns' ? 'B26' : 'B2', `${plural} has values of a wrong type: ${shown(list)}`);
  }
}

function isLun(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}
