import { fileURLToPath } from 'node:url';

/** The folder of the stories of this package: beside the sources, or two folders above what is compiled. */
export function libraryFolder(): string {
  const up = import.meta.url.endsWith('.ts') ? '../../scenarios/' : '../../../scenarios/';
  return fileURLToPath(new URL(up, import.meta.url));
}
