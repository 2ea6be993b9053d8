import { existsSync, readFileSync } from 'node:fs';

/** package.json beside the sources, or one folder further up from the compiled files. */
const candidates = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
const found = candidates.find((url) => existsSync(url));

/** The version of this package. */
export const version: string =
  found === undefined ? '0.0.0' : (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version;
