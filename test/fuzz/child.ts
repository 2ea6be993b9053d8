import { createHash } from 'node:crypto';
import { inputOf, tryNumber } from './area.js';
import { fuzzAreas } from './areas.js';
import type { FuzzJob, FuzzNews } from './in-child.js';

/** So much is found before a run is given up. */
const mostFindings = 20;

/** Tells the process that started this one; resolves once it is sent, so that nothing is lost when this one ends. */
function tell(news: FuzzNews): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(news, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

const { area, seed, limitMs, only, from } = JSON.parse(process.argv[2] ?? '{}') as FuzzJob;
const opened = await fuzzAreas.get(area)?.open();
if (opened === undefined) throw new Error(`there is no area '${area}'`);
const digest = createHash('sha256');
const endMs = Date.now() + limitMs;
let found = 0;
let number = from;
do {
  await tell({ trying: number });
  digest.update(JSON.stringify(inputOf(opened, seed, number)));
  const finding = await tryNumber(area, opened, seed, number);
  if (finding !== undefined) {
    found++;
    await tell({ finding });
  }
  number++;
} while (only === undefined && Date.now() < endMs && found < mostFindings);
await opened.close();
await tell({ tried: number - from, digest: digest.digest('hex').slice(0, 16) });
process.exit(0);
