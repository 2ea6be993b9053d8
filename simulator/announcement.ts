import { renameSync, writeFileSync } from 'node:fs';
import type { Given } from './cli-options.js';
import type { Simulator } from './start-simulator.js';

/** Says that the array is up: in the ready file, and as a line of JSON or as text. */
export function announce(simulator: Simulator, given: Given): void {
  const { url, tlsUrl, controlUrl, iscsi, recovered } = simulator;
  if (recovered !== undefined) process.stderr.write(`eseries-simulator: ${recovered}\n`);
  const line = JSON.stringify({ url, tlsUrl, controlUrl, iscsi, pid: process.pid });
  // First the file: who has read the line may read the file.
  const ready = given['ready-file'];
  if (ready !== undefined) {
    writeFileSync(`${ready}.new`, `${line}\n`);
    renameSync(`${ready}.new`, ready);
  }
  if (given.json) process.stdout.write(`${line}\n`);
  else if (!given.quiet) process.stdout.write(textOf(simulator, given));
}

function textOf({ array, url, tlsUrl, controlUrl, iscsi }: Simulator, given: Given): string {
  const { user = 'admin', password = 'admin' } = given;
  const insecure = url.startsWith('https:') ? ' --insecure' : '';
  const [portal] = iscsi;
  const lines = [
    `E-Series array '${array.system.label}' (${array.system.preset}) at ${url}/devmgr/v2${tlsUrl === undefined ? '' : ` and ${tlsUrl}`}`,
    `  log in as       ${user} / ${password}`,
    `  try             curl${insecure} --user ${quoted(`${user}:${password}`)} ${url}/devmgr/v2/storage-systems`,
    ...(portal === undefined ? [] : [`  iSCSI           ${portal.portal}  ${portal.iqn}`]),
    `  web page        ${url}/`,
    `  documentation   ${url}/docs`,
    `  control         ${controlUrl}  (reset, clock, jobs, journal; ${controlUrl}/docs)`,
    '  stop            Ctrl-C',
  ];
  return `${lines.join('\n')}\n`;
}

/** A word of a command line, in quotes where a shell needs them. */
function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
