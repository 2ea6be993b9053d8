import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.js';
import { cinderConf } from './cinder-conf.js';

type Configuration = Readonly<Record<string, unknown>>;

export interface ConfigurationFile {
  readonly path: string;
  rewrite(configuration: Configuration): void;
  remove(): void;
}

/** A cinder.conf for as long as a program needs it. Only its owner can read it and its folder: there are passwords in it. */
export function writeConfigurationFile(configuration: Configuration): ConfigurationFile {
  // `mkdtemp` makes folders of mode 0700.
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const path = join(folder, 'cinder.conf');
  const write = (content: Configuration) => writeFileSync(path, cinderConf(content), { mode: 0o600 });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(remove);
  write(configuration);
  return {
    path,
    rewrite: write,
    remove() {
      forget();
      remove();
    },
  };
}
