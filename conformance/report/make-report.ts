import { byId, choose } from '../checks/selection.js';
import { type JudgeInput, judge } from '../checks/verdict.js';
import { causesOf } from './causes.js';
import { type CheckReport, type ConformanceReport, reportVersion } from './report.js';

type About = Pick<ConformanceReport, 'subject' | 'command' | 'seed' | 'path' | 'effort' | 'unjudged' | 'unfinished'>;

/** Judges what checks came to, and puts it into a report. */
export function makeReport(
  about: About,
  input: Omit<JudgeInput, 'results'> & { readonly results: readonly CheckReport[] },
): ConformanceReport {
  const { requirements, checks, selection, results } = input;
  const judgement = judge(input);
  const ran = new Set(results.map(({ id }) => id));
  const texts = new Map(requirements.map((each) => [each.id, each]));
  return {
    report: reportVersion,
    ...about,
    selection,
    verdict: about.unjudged === undefined ? judgement.verdict : about.unjudged.isUnusable ? 'error' : 'fail',
    requirements: judgement.requirements.map((each) => ({
      ...each,
      // One finding says it all, and is not one of each requirement.
      ...(about.unjudged === undefined ? {} : { counts: false }),
      clause: texts.get(each.id)?.clause ?? '',
      source: texts.get(each.id)?.source ?? '',
    })),
    waivers: judgement.waivers,
    causes: causesOf([...results].sort(byId), judgement.requirements),
    checks: [...results].sort(byId),
    notRun: choose(checks, requirements, selection)
      .checks.map(({ id }) => id)
      .filter((id) => !ran.has(id)),
    unattributed: judgement.unattributed,
  };
}
