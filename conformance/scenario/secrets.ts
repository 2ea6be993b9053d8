import type { DriverCall } from '../manager/outcome.js';
import type { Failure } from './play.js';

/** Shorter ones are words that people write anyway, such as 'admin'. */
const shortestSecret = 8;

type Options = Readonly<Record<string, unknown>>;

/** What a driver said, and where: what it logged, raised, returned, or wrote to the array. */
export interface Utterance {
  readonly where: string;
  readonly text: string;
  /** It is where CHAP secrets belong: a connection, or the field that Cinder keeps them in. */
  readonly mayHaveChap?: boolean;
}

interface Secret {
  readonly option: string;
  readonly isChap: boolean;
  /** Itself, and as it is sent or written elsewhere. */
  readonly spellings: readonly string[];
}

/**
 * Where a driver told a secret (source: B23): of its options, or of a connection that it handed out; as it is, in base 64
 * as the Basic header has it, percent-encoded as addresses have it, or escaped as programs print it.
 */
export function findSecretLeaks(
  said: readonly Utterance[],
  configurations: readonly Options[],
  connections: readonly Options[],
): Failure[] {
  const secrets = [...configurations.flatMap(secretsOf), ...connections.flatMap(chapOf)];
  const told = new Set<string>();
  return secrets.flatMap(({ option, isChap, spellings }) => {
    const utterance = said.find(
      ({ text, mayHaveChap }) => !(isChap && mayHaveChap) && spellings.some((each) => text.includes(each)),
    );
    const key = `${option} ${spellings[0]}`;
    if (utterance === undefined || told.has(key)) return [];
    told.add(key);
    const { where, text } = utterance;
    return [{ message: `the secret ${option} is in ${where}`, found: text.slice(0, 2000), requirement: 'B23' }];
  });
}

/** What a call of the driver said: its exception with all details, or the answer. */
export function utterancesOf({ method, answer }: DriverCall): Utterance[] {
  if ('raised' in answer) return [{ where: `the exception of ${method}`, text: written(answer.raised) }];
  const returned = answer.returned ?? null;
  if (returned === null || typeof returned === 'boolean') return [];
  if (method === 'initialize_connection' || method === 'create_export')
    return [{ where: `what ${method} returned`, text: written(returned), mayHaveChap: true }];
  return [{ where: `what ${method} returned`, text: written(withoutAuth(returned)) }];
}

/** `provider_auth` is the field for CHAP secrets; everything else of an update is for all to read. */
function withoutAuth(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAuth);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (name === 'provider_auth' ? [] : [[name, withoutAuth(each)]])),
  );
}

function written(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ?? '';
}

/** The secrets of a backend's options, those of its second array with them. */
function secretsOf(options: Options): Secret[] {
  const login = String(options.netapp_login ?? '');
  return Object.entries(optionsWithin(options)).flatMap(([option, value]) => {
    if (!/password|secret|token/i.test(option) || typeof value !== 'string' || value.length < shortestSecret) return [];
    const logins = [login, String(optionsWithin(options)['replication_device.login'] ?? '')];
    return [{ option, isChap: option.startsWith('chap'), spellings: spellingsOf(value, logins) }];
  });
}

function chapOf(info: Options): Secret[] {
  const data = (info.data as Options | undefined) ?? info;
  return Object.entries(data).flatMap(([option, value]) =>
    /password|secret/i.test(option) && typeof value === 'string' && value.length >= shortestSecret
      ? [{ option, isChap: true, spellings: spellingsOf(value, []) }]
      : [],
  );
}

/** Options, with those of a replication device by names of their own. */
function optionsWithin(options: Options): Record<string, unknown> {
  const { replication_device: device } = options;
  const parts =
    typeof device === 'string'
      ? device.split(',').map((part) => [part.split(':')[0]?.trim() ?? '', part.split(':').slice(1).join(':').trim()])
      : Object.entries((device ?? {}) as object);
  return { ...options, ...Object.fromEntries(parts.map(([name, value]) => [`replication_device.${name}`, value])) };
}

function spellingsOf(secret: string, logins: readonly string[]): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  const encoded = encodeURIComponent(secret);
  return [
    ...new Set([
      secret,
      encoded,
      encoded.replaceAll('%20', '+'),
      encoded.toLowerCase(),
      new URLSearchParams({ '': secret }).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
      base64(secret),
      ...logins.map((login) => base64(`${login}:${secret}`)),
    ]),
  ];
}
