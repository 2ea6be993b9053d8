import { allChecks } from '../../../../conformance/checks/all-checks.js';
import { Laboratory } from './laboratory.js';
import type { Job, Message } from './messages.js';

/** Measures checks and judges mutants, one job at a time. The argument is the folder of the instrumented driver. */
const suiteSeed = 1;
const laboratory = new Laboratory(process.argv[2] ?? '', await allChecks(), suiteSeed);
let last = Promise.resolve();

// What a broken driver leaves behind unwatched must not end the judge.
process.on('unhandledRejection', () => undefined);

process.on('disconnect', () => process.exit());

process.on('message', (job: Job) => {
  last = last.then(async () => tell(await done(job)));
});

async function done(job: Job): Promise<Message> {
  if ('judge' in job) return { verdict: await laboratory.judge(job.judge, (playing) => tell({ playing })) };
  const loading = await laboratory.loading();
  tell({ playing: job.measure });
  return { measured: await laboratory.measure(job.measure), loading };
}

function tell(message: Message): void {
  process.send?.(message);
}
