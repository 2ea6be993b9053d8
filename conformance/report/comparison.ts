import type { Outcome } from '../checks/outcomes.js';
import { counted } from './counted.js';
import type { NamedReport } from './merge.js';
import { countsInWords, outcomeOrder, verdictOf } from './outcome-order.js';

/** Reports side by side: of several drivers, of several versions of one, or of one as time went on. */
export interface Comparison {
  readonly reports: readonly {
    readonly file: string;
    readonly subject: string;
    readonly verdict: string;
    /** How many requirements came to each outcome. */
    readonly counts: Readonly<Partial<Record<Outcome, number>>>;
    readonly words: string;
  }[];
  /** Every requirement that one of them has, those first whose outcomes differ. */
  readonly requirements: readonly ComparedRequirement[];
}

export interface ComparedRequirement {
  readonly id: string;
  readonly clause: string;
  readonly level: 'must' | 'should';
  /** Of each report; null where it does not have the requirement. */
  readonly outcomes: readonly (Outcome | null)[];
  readonly differs: boolean;
}

/** Compares reports in the order in which they are given. They may be of different runs and versions of the suite. */
export function compareReports(parts: readonly NamedReport[]): Comparison {
  const byId = parts.map(({ report }) => new Map(report.requirements.map((each) => [each.id, each])));
  const ids = [...new Set(parts.flatMap(({ report }) => report.requirements.map(({ id }) => id)))];
  const requirements = ids.map((id): ComparedRequirement => {
    const found = byId.map((each) => each.get(id));
    const last = found.findLast((each) => each !== undefined);
    const outcomes = found.map((each) => each?.outcome ?? null);
    return {
      id,
      clause: last?.clause ?? '',
      level: last?.level ?? 'must',
      outcomes,
      differs: new Set(outcomes).size > 1,
    };
  });
  return {
    reports: parts.map(({ file, report }) => ({
      file,
      subject: report.subject,
      verdict: verdictOf(report),
      counts: countsOf(report.requirements),
      words: countsInWords(report),
    })),
    requirements: requirements.sort((one, other) => Number(other.differs) - Number(one.differs)),
  };
}

function countsOf(requirements: readonly { readonly outcome: Outcome }[]): Partial<Record<Outcome, number>> {
  const counted = outcomeOrder.map((name) => [name, requirements.filter(({ outcome }) => outcome === name).length]);
  return Object.fromEntries(counted.filter(([, count]) => count !== 0));
}

/** The comparison for a terminal: each report, then what differs. */
export function comparisonText({ reports, requirements }: Comparison): string {
  const heads = reports.map(
    ({ file, subject, verdict, words }, index) => `${index + 1}  ${verdict} ${subject} (${file}): ${words}`,
  );
  const different = requirements.filter(({ differs }) => differs);
  const rows = different.map(({ id, outcomes }) =>
    `${id.padEnd(44)} ${outcomes.map((each) => (each ?? '-').padEnd(14)).join('')}`.trimEnd(),
  );
  const head =
    different.length === 0
      ? 'Every requirement came to the same.'
      : `${counted(different.length, 'requirement differs', 'requirements differ')}:`;
  return `${[...heads, '', head, ...rows].join('\n')}\n`;
}
