import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ArrayPreset } from '../array/preset.js';
import { demo } from './models.js';

/** A preset file that cannot be used; the message says where, what, and what is allowed. */
class PresetError extends Error {
  override readonly name = 'PresetError';
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'text');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const positive: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'a whole number above 0';
const natural: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'a whole number from 0 on';
const word =
  (...words: string[]): Check =>
  (value) =>
    words.includes(String(value)) ? undefined : `one of ${words.join(', ')}`;

/** What a file may say: a check for a value, an object of properties, or a list of such. */
type Shape = Check | { readonly [name: string]: Shape } | readonly [Shape];

const shape: Shape = {
  name: text,
  label: text,
  model: text,
  boardId: text,
  firmware: { bundle: text, display: text, management: text, nvsram: text },
  trayType: word('de212c', 'de224c', 'de460c'),
  slotsPerTray: positive,
  cacheMemoryMib: positive,
  iscsiPortsPerController: positive,
  limits: Object.fromEntries(Object.keys(demo.limits).map((name) => [name, positive])),
  counters: { snapshotSequence: natural, volumeHandle: natural, repository: natural, event: natural },
  drives: [
    {
      count: positive,
      media: word('hdd', 'ssd'),
      physicalType: word('sas', 'sas4k', 'nvme4k', 'sata'),
      capacityBytes: positive,
      spindleSpeedRpm: natural,
      fdeCapable: flag,
      fipsCapable: flag,
      protectionInformationCapable: flag,
    },
  ],
  pools: [
    {
      label: text,
      raidLevel: word('raidDiskPool', 'raid0', 'raid1', 'raid5', 'raid6'),
      drives: positive,
      media: word('hdd', 'ssd'),
    },
  ],
  volumes: [{ label: text, pool: text, capacityBytes: positive }],
  hosts: [
    {
      label: text,
      hostTypeIndex: natural,
      ports: [{ type: word('iscsi', 'fc', 'sas', 'ib', 'nvmeof'), address: text, label: text }],
    },
  ],
};

/** Properties that an item of a list cannot do without. */
const required: Readonly<Record<string, readonly string[]>> = {
  drives: ['count', 'media', 'physicalType', 'capacityBytes', 'spindleSpeedRpm'],
  pools: ['label', 'raidLevel', 'drives', 'media'],
  volumes: ['label', 'pool', 'capacityBytes'],
  hosts: ['label'],
  ports: ['type', 'address', 'label'],
};

/**
 * Reads a preset of a user's, YAML or JSON. What it doesn't say is as in `demo`; lists replace demo's lists whole.
 * Throws PresetError with file, line and what is allowed.
 */
export function parsePresetFile(source: string, fileName: string): ArrayPreset {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const fail = (node: Node | null | undefined, message: string): never => {
    const line = node?.range ? lines.linePos(node.range[0]).line : 1;
    throw new PresetError(`${fileName}:${line}: ${message}`);
  };
  const [problem] = document.errors;
  if (problem !== undefined)
    throw new PresetError(`${fileName}:${problem.linePos?.[0].line ?? 1}: ${problem.message.split('\n')[0]}`);
  if (!isMap(document.contents))
    fail(document.contents as Node | null, 'a preset is a map of properties, e.g. "label: my-array"');
  check(document.contents as Node, shape, '', fail);
  const given = document.toJS() as Partial<ArrayPreset>;
  return {
    ...demo,
    hosts: [],
    volumes: [],
    name: fileName,
    ...given,
    limits: { ...demo.limits, ...given.limits },
    firmware: { ...demo.firmware, ...given.firmware },
    counters: { ...demo.counters, ...given.counters },
  };
}

function check(
  node: Node | null,
  expected: Shape,
  path: string,
  fail: (node: Node | null, message: string) => never,
): void {
  if (typeof expected === 'function') {
    const value = isScalar(node) ? node.value : undefined;
    const allowed = expected(value);
    if (allowed !== undefined) fail(node, `${path} is ${String(value)}: allowed is ${allowed}`);
  } else if (Array.isArray(expected)) {
    if (!isSeq(node)) fail(node, `${path} is not a list`);
    else
      for (const [index, item] of node.items.entries())
        check(item as Node, expected[0] as Shape, `${path}[${index}]`, fail);
  } else {
    checkMap(node, expected as Readonly<Record<string, Shape>>, path, fail);
  }
}

function checkMap(
  node: Node | null,
  expected: Readonly<Record<string, Shape>>,
  path: string,
  fail: (node: Node | null, message: string) => never,
): void {
  if (!isMap(node)) {
    fail(node, `${path} is not a map of properties`);
    return;
  }
  const inner = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const { key, value } of node.items) {
    const name = String(isScalar(key) ? key.value : key);
    const property = Object.hasOwn(expected, name) ? expected[name] : undefined;
    if (property === undefined)
      fail(key as Node, `'${inner(name)}' is unknown: allowed are ${Object.keys(expected).join(', ')}`);
    else check(value as Node | null, property, inner(name), fail);
  }
  const list = /(\w+)\[\d+\]$/.exec(path)?.[1];
  for (const name of list === undefined ? [] : (required[list] ?? [])) {
    if (!node.has(name)) fail(node, `${path} lacks '${name}'`);
  }
}
