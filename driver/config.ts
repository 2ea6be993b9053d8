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

const text: Reader<string> = (value, option) =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : refuse(option, value, 'it is a text.');

const flag: Reader<boolean> = (value, option) => {
  if (typeof value === 'boolean') return value;
  const word = String(value).toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) return true;
  if (['false', 'no', 'off', '0'].includes(word)) return false;
  return refuse(option, value, 'allowed are true and false.');
};

const whole =
  (least: number, most: number): Reader<number> =>
  (value, option) => {
    const number = typeof value === 'number' ? value : /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
    if (!Number.isInteger(number) || number < least || number > most)
      refuse(option, value, `allowed are whole numbers from ${least} to ${most}.`);
    return number;
  };

const word =
  <Word extends string>(...words: readonly Word[]): Reader<Word> =>
  (value, option) =>
    words.find((each) => each === String(value).toLowerCase()) ??
    refuse(option, value, `allowed are ${words.join(', ')}.`);

const list: Reader<readonly string[]> = (value) =>
  (Array.isArray(value) ? value : String(value).split(',')).map((each) => String(each).trim()).filter(Boolean);

const ratio: Reader<string> = (value, option) =>
  String(value) === 'auto' || Number(value) >= 1 ? String(value) : refuse(option, value, "allowed are 'auto' or 1 on.");

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

const device: Reader<ReplicationDevice> = (value, option) => {
  if (typeof value !== 'string' && typeof value !== 'object') refuse(option, '…', 'it is a text or an object.');
  const given =
    typeof value === 'string'
      ? Object.fromEntries(
          value.split(',').map((pair) => [pair.split(':')[0]?.trim() ?? '', pair.split(':').slice(1).join(':').trim()]),
        )
      : (value as Record<string, unknown>);
  for (const name of ['backend_id', 'hostname', 'login', 'password', 'controller_ips'])
    if (!given[name]) refuse(option, '…', `it lacks '${name}'.`);
  const addresses = given.controller_ips;
  return {
    backend_id: text(given.backend_id, option),
    hostname: text(given.hostname, option),
    port: given.port === undefined ? undefined : whole(1, 65_535)(given.port, `${option}.port`),
    transport_type:
      given.transport_type === undefined
        ? undefined
        : word('http', 'https')(given.transport_type, `${option}.transport_type`),
    login: text(given.login, option),
    password: text(given.password, option),
    sa_password: given.sa_password === undefined ? undefined : text(given.sa_password, option),
    controller_ips: Array.isArray(addresses) ? addresses.map(String) : String(addresses).split(/[;\s]+/),
    pool: given.pool === undefined ? undefined : text(given.pool, option),
  };
};

type Options = {
  readonly [Name in keyof Configuration]: readonly [read: Reader<Configuration[Name]>, fallback: unknown];
};

const options: Options = {
  netapp_storage_family: [word('eseries'), 'eseries'],
  netapp_storage_protocol: [word('iscsi'), 'iscsi'],
  netapp_server_hostname: [text, undefined],
  netapp_transport_type: [word('http', 'https'), 'http'],
  netapp_server_port: [whole(1, 65_535), undefined],
  netapp_webservice_path: [text, '/devmgr/v2'],
  netapp_login: [text, ''],
  netapp_password: [text, ''],
  netapp_bearer_token: [text, null],
  netapp_controller_ips: [list, undefined],
  netapp_sa_password: [text, null],
  netapp_enable_multiattach: [flag, false],
  netapp_host_type: [text, 'linux_dm_mp'],
  netapp_pool_name_search_pattern: [pattern, '(.+)'],
  volume_backend_name: [text, 'NetApp_ESeries'],
  reserved_percentage: [whole(0, 100), 0],
  max_over_subscription_ratio: [ratio, '20.0'],
  use_chap_auth: [flag, false],
  chap_username: [text, ''],
  chap_password: [text, ''],
  use_multipath_for_image_xfer: [flag, false],
  replication_device: [device, null],
  netapp_ssl_ca: [text, null],
  netapp_ssl_fingerprint: [text, null],
  netapp_ssl_verify: [flag, true],
  netapp_connect_timeout: [whole(1, 3600), 10],
  netapp_read_timeout: [whole(1, 3600), 60],
};

/** Options that must be given, in the order in which they are missed. */
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
  for (const name of required) {
    if (known.netapp_bearer_token && (name === 'netapp_login' || name === 'netapp_password')) continue;
    const value = known[name];
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      throw new InvalidInput({ reason: `Configuration value ${name} is not set.` });
  }
  known.netapp_server_port ??= String(known.netapp_transport_type ?? 'http').toLowerCase() === 'https' ? 8443 : 8080;
  const entries = Object.entries(options).map(([name, [read, fallback]]) => {
    const value = known[name] ?? fallback;
    return [name, value === null || value === undefined ? value : (read as Reader<unknown>)(value, name)];
  });
  const configuration = Object.fromEntries(entries) as Configuration;
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
