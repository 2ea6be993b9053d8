import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../conformance/subjects/python/cinder_subject.py', import.meta.url));

/** The command line that serves the second driver, imported from a folder, with real Cinder. */
export function secondDriver(python: string, folder: string): string {
  const driver = ['--driver', 'second_driver.SecondDriver', '--path', folder];
  // -B: no compiled copies beside the sources.
  const words = [python, '-B', script, ...driver, '--config', '{config}', '--backend', '{backend}'];
  return words.map((word) => `"${word}"`).join(' ');
}
