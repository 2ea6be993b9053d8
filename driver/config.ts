import { parse } from 'ini';
import { InvalidConfigurationValue, InvalidInput } from './errors.js';

/** The second array for replicated volumes, as in cinder.conf: `replication_device = backend_id:…,hostname:…,…`. */
export interface ReplicationDevice {
  readonly backend_id: string;
  readonly hostname: string;
  readonly port?: number;
  readonly transport_type?: 'http' | 'https';
  readonly login: string;
  readonly password: string;
  readonly sa_password?: string;
  /** Management addresses of the second array. */
  readonly controller_ips: readonly string[];
  /** The pool for replicas; the one with most free space when not said. */
  readonly pool?: string;
}

/** The options of the driver under Cinder's names (source: the documented driver's configuration). */
export interface Configuration {
  readonly netapp_storage_family: 'eseries';
  readonly netapp_storage_protocol: 'iscsi';
  readonly netapp_server_hostname: string;
  readonly netapp_server_port: number;
  readonly netapp_transport_type: 'http' | 'https';
  readonly netapp_webservice_path: string;
  readonly netapp_login: string;
  readonly netapp_password: string;
  /** Beyond Cinder's: a token of the web services, instead of login and password. */
  readonly netapp_bearer_token: string | null;
  readonly netapp_controller_ips: readonly string[];
  readonly netapp_sa_password: string | null;
  readonly netapp_enable_multiattach: boolean;
  readonly netapp_host_type: string;
  readonly netapp_pool_name_search_pattern: string;
  readonly volume_backend_name: string;
  readonly reserved_percentage: number;
  readonly max_over_subscription_ratio: string;
  readonly use_chap_auth: boolean;
  readonly chap_username: string;
  readonly chap_password: string;
  readonly use_multipath_for_image_xfer: boolean;
  readonly replication_device: ReplicationDevice | null;
  /** Beyond Cinder's: a PEM file's content, or the SHA-256 fingerprint, that the server's certificate is verified by. */
  readonly netapp_ssl_ca: string | null;
  readonly netapp_ssl_fingerprint: string | null;
  /** Beyond Cinder's: false takes any certificate. */
  readonly netapp_ssl_verify: boolean;
  /** Beyond Cinder's: seconds to wait for a connection, and for an answer. */
  readonly netapp_connect_timeout: number;
  readonly netapp_read_timeout: number;
}

export type GivenConfiguration = Readonly<Record<string, unknown>>;

type Reader<T> = (value: unknown, option: string) => T;

function refuse(option: string, value: unknown, reason: string): never {
  const shown = /password|secret|token/.test(option) ? '****' : value;
  throw new InvalidConfigurationValue({ option, value: shown, reason });
}

const text: Reader<string> = String;

const flag: Reader<boolean> = (value, option) => {
  const word = String(value).toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) return true;
  if (['false', 'no', 'off', '0'].includes(word)) return false;
  return refuse(option, value, 'allowed are true and false.');
};

const whole: Reader<number> = (value, option) => {
  const number = Number(value);
  return Number.isInteger(number) ? number : refuse(option, value, 'it is a whole number.');
};

const word =
  <Word extends string>(...words: readonly Word[]): Reader<Word> =>
  (value, option) =>
    words.find((each) => each === String(value).toLowerCase()) ??
    refuse(option, value, `allowed are ${words.join(', ')}.`);

/** Texts with commas or blanks between them, or a list. */
const list: Reader<readonly string[]> = (value) =>
  String(value)
    .split(/[,;\s]+/)
    .filter(Boolean);

const pattern: Reader<string> = (value, option) => {
  const written = text(value, option);
  try {
    poolPattern(written);
  } catch (error) {
    refuse(option, value, `it is no regular expression (${(error as Error).message}).`);
  }
  return written;
};

/** The regular expression that a pool's whole name is to fit: comma-separated alternatives. */
export function poolPattern(written: string): RegExp {
  if (written === '') return /^.+$/;
  const pieces = written.split(',').map((piece) => `^${piece.replace(/^[\^$ \t]+|[\^$ \t]+$/g, '')}$`);
  return new RegExp(pieces.join('|'));
}

/** One second array: `name:value` pairs with commas between them, an object, or a list of one of these as Cinder has it. */
const device: Reader<ReplicationDevice | null> = (value, option) => {
  if (!Array.isArray(value)) return oneDevice(value, option);
  if (value.length > 1) refuse(option, '…', `one second array is possible, not ${value.length}.`);
  return value.length === 0 ? null : oneDevice(value[0], option);
};

const oneDevice: Reader<ReplicationDevice> = (value, option) => {
  const pairs = String(value)
    .split(',')
    .map((pair) => {
      const [name, ...rest] = pair.split(':');
      return [String(name).trim(), rest.join(':').trim()];
    });
  const given: GivenConfiguration = typeof value === 'object' ? { ...value } : Object.fromEntries(pairs);
  for (const name of ['backend_id', 'hostname', 'login', 'password', 'controller_ips'])
    if (!given[name]) refuse(option, '…', `it lacks '${name}'.`);
  return readAll(deviceOptions, given);
};

/** How each option is read, and what stands for one that is not given; null and undefined are left as they are. */
type Options<All> = {
  readonly [Name in keyof All]-?: readonly [read: Reader<All[Name]>, fallback?: unknown];
};

function readAll<All>(options: Options<All>, given: GivenConfiguration): All {
  const entries = Object.entries<readonly [Reader<unknown>, unknown?]>(options).map(([name, [read, fallback]]) => {
    const value = given[name] ?? fallback;
    return [name, value === null || value === undefined ? value : read(value, name)];
  });
  return Object.fromEntries(entries) as All;
}

const deviceOptions: Options<ReplicationDevice> = {
  backend_id: [text],
  hostname: [text],
  port: [whole],
  transport_type: [word('http', 'https')],
  login: [text],
  password: [text],
  sa_password: [text],
  controller_ips: [list],
  pool: [text],
};

const options: Options<Configuration> = {
  netapp_storage_family: [word('eseries'), 'eseries'],
  netapp_storage_protocol: [word('iscsi'), 'iscsi'],
  netapp_server_hostname: [text],
  netapp_transport_type: [word('http', 'https'), 'http'],
  netapp_server_port: [whole],
  netapp_webservice_path: [text, '/devmgr/v2'],
  netapp_login: [text, ''],
  netapp_password: [text, ''],
  netapp_bearer_token: [text, null],
  netapp_controller_ips: [list],
  netapp_sa_password: [text, null],
  netapp_enable_multiattach: [flag, false],
  netapp_host_type: [text, 'linux_dm_mp'],
  netapp_pool_name_search_pattern: [pattern, '(.+)'],
  volume_backend_name: [text, 'NetApp_ESeries'],
  reserved_percentage: [whole, 0],
  max_over_subscription_ratio: [text, '20.0'],
  use_chap_auth: [flag, false],
  chap_username: [text, ''],
  chap_password: [text, ''],
  use_multipath_for_image_xfer: [flag, false],
  replication_device: [device, null],
  netapp_ssl_ca: [text, null],
  netapp_ssl_fingerprint: [text, null],
  netapp_ssl_verify: [flag, true],
  netapp_connect_timeout: [whole, 10],
  netapp_read_timeout: [whole, 60],
};

/** Options that must be given, in the order in which they are missed; with a token neither login nor password. */
const required = ['netapp_server_hostname', 'netapp_controller_ips', 'netapp_login', 'netapp_password'] as const;

const oldNames = {
  netapp_volume_list: 'netapp_pool_name_search_pattern',
  netapp_storage_pools: 'netapp_pool_name_search_pattern',
};

/**
 * Checks a configuration and fills in what it does not say. Options that are not the driver's are ignored, as
 * cinder.conf has many. Throws InvalidInput for a missing option and InvalidConfigurationValue for a wrong one.
 */
export function readConfiguration(given: GivenConfiguration): Configuration {
  const known: Record<string, unknown> = { ...given };
  for (const [old, present] of Object.entries(oldNames)) known[present] ??= known[old];
  const needed = known.netapp_bearer_token ? required.slice(0, 2) : required;
  const missing = needed.find((name) => String(known[name] ?? '') === '');
  if (missing !== undefined) throw new InvalidInput({ reason: `Configuration value ${missing} is not set.` });
  known.netapp_server_port ??= String(known.netapp_transport_type).toLowerCase() === 'https' ? 8443 : 8080;
  const configuration = readAll(options, known);
  if (configuration.use_chap_auth && configuration.chap_password !== '') checkSecret(configuration.chap_password);
  return configuration;
}

/** Secrets of iSCSI targets have 12 to 57 printable ASCII characters (source: SANtricity CHAP rules). */
function checkSecret(secret: string): void {
  if (!/^[\x20-\x7e]{12,57}$/.test(secret))
    refuse('chap_password', secret, 'it has 12 to 57 printable ASCII characters.');
}

/** One backend's options out of a cinder.conf; what its section does not say is as in DEFAULT. */
export function configurationFromIni(source: string, backend: string): GivenConfiguration {
  const file = parse(literal(source)) as Record<string, unknown>;
  const section = file[backend];
  if (typeof section !== 'object' || section === null) {
    const sections = Object.keys(file).filter((name) => typeof file[name] === 'object');
    throw new InvalidInput({ reason: `There is no section [${backend}]: there are ${sections.join(', ') || 'none'}.` });
  }
  const defaults = (file.DEFAULT ?? {}) as Record<string, unknown>;
  return { ...defaults, ...(section as Record<string, unknown>) };
}

/**
 * A cinder.conf as INI in general has it: there a comment is a whole line, so that a password can have a # in it, a value
 * goes on in indented lines, and a backend can have a dot in its name.
 */
function literal(source: string): string {
  const lines: string[] = [];
  for (const line of source.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const more = /^[ \t]+([^ \t].*)$/.exec(line)?.[1];
    const last = lines.at(-1);
    if (/^\s*([;#]|$)/.test(line)) continue;
    if (more !== undefined && last !== undefined && !last.startsWith('[')) lines[lines.length - 1] = `${last}\n${more}`;
    else lines.push(line.trim());
  }
  return lines.map(escaped).join('\n');
}

function escaped(line: string): string {
  const [, section] = /^\[(.*)\]$/.exec(line) ?? [];
  if (section !== undefined) return `[${section.replace(/[.;#]/g, '\\$&')}]`;
  const [, name = '', value = ''] = /^([^=:]+)[=:]([\s\S]*)$/.exec(line) ?? [];
  if (name === '') return line;
  const [, , inside = value.trim()] = /^(["'])([\s\S]*)\1$/.exec(value.trim()) ?? [];
  return `${name.trim()}=${JSON.stringify(inside)}`;
}
