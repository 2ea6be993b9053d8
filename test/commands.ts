import { fileURLToPath } from 'node:url';

function command(name: string): string {
  return fileURLToPath(new URL(`../bin/${name}.js`, import.meta.url));
}

/** The package's commands as users start them: compiled where the compiled files are newer than the sources. */
export const commands = {
  conformance: command('eseries-conformance'),
  driver: command('eseries-driver'),
} as const;
