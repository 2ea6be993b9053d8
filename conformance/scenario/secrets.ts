import type { Database } from '../manager/database.js';
import type { Failure } from './steps.js';

/** Shorter ones are words that people write anyway, such as 'admin'. */
const shortestSecret = 8;

/**
 * Where a driver told a secret (source: B23): of its options, or of a connection that it handed out, in what it logged or
 * in what its exceptions said.
 */
export function tellsOf(
  heard: readonly string[],
  configurations: readonly Readonly<Record<string, unknown>>[],
  database: Database,
): Failure[] {
  const secrets = new Set<string>();
  const collect = (from: object) => {
    for (const [name, value] of Object.entries(from))
      if (/password|secret/i.test(name) && typeof value === 'string' && value.length >= shortestSecret)
        secrets.add(value);
  };
  for (const configuration of configurations) collect(configuration);
  for (const { connection_info: info } of database.attachments.values()) {
    collect(info ?? {});
    collect((info?.data as object | undefined) ?? {});
  }
  return [...secrets].flatMap((secret) => {
    const told = heard.find((text) => text.includes(secret));
    return told === undefined
      ? []
      : [{ message: 'a secret is in what the driver logged or raised', found: told, requirement: 'B23' }];
  });
}
