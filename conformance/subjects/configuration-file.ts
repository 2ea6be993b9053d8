import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cinderConf } from './cinder-conf.js';

/** A cinder.conf for as long as a program needs it; only its owner can read it, as there are passwords in it. */
export function writeConfigurationFile(configuration: Readonly<Record<string, unknown>>): {
  readonly path: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const path = join(folder, 'cinder.conf');
  writeFileSync(path, cinderConf(configuration), { mode: 0o600 });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
