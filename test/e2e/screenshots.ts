import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures are part of the repository: each stays small. */
const mostBytes = 150_000;

/** Where pictures are kept: `npm run screenshots` names docs/images, other runs only make them. */
const folder = process.env.SCREENSHOTS;

/** Makes a picture of what is seen of a page. Throws RangeError for one that is too large for the repository. */
export async function picture(page: Page, name: string): Promise<void> {
  if (folder === undefined) {
    checkSize(name, (await page.screenshot()).length);
    return;
  }
  const path = join(folder, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path });
  checkSize(name, (await stat(path)).size);
}

function checkSize(name: string, bytes: number): void {
  if (bytes === 0 || bytes > mostBytes)
    throw new RangeError(`the picture ${name} takes ${bytes} bytes: allowed are 1 to ${mostBytes}`);
}
