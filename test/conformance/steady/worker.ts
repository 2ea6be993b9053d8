import { modelChecks } from '../../../conformance/checks/model/index.js';
import { eachChange } from '../../../conformance/checks/properties/each-change.js';
import { propertyChecks } from '../../../conformance/checks/properties/index.js';
import { describeSubject } from '../../../conformance/library/describe-subject.js';
import { subjectFor } from '../../../conformance/library/over-sockets.js';
import { patienceOf } from '../../../conformance/runtime/wall-clock.js';
import { judgeSeed, type SeedJob } from './judge-seed.js';

/** Runs the generated checks with the seeds that its parent sends, one at a time. */
// Stories of the package, and the one that fails every change once, are the same with each seed.
const checks = [...propertyChecks.filter(({ id }) => id !== eachChange.id), ...modelChecks];
const patience = patienceOf(300_000);
let last = Promise.resolve();

process.on('message', (job: SeedJob) => {
  last = last.then(async () => {
    const subject = subjectFor(job.command, { patience });
    process.send?.(await judgeSeed(job, checks, subject, await describeSubject(subject)));
  });
});
