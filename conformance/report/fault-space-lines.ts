import { type FaultCount, type FaultSpace, faultSpaceOf, type MethodSpace } from './fault-space.js';
import type { Colors } from './lines.js';
import type { ConformanceReport } from './report.js';

/** What was enumerated, as a table for the console: explored/total by method and fault, and how many failed. */
export function faultSpaceLines(report: ConformanceReport, colors: Colors): string[] {
  const space = faultSpaceOf(report);
  if (space === undefined) return [];
  const head = ['method', ...space.faults, 'explored'];
  const rows = [...space.methods.map((method) => rowOf(method, space)), totals(space)];
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => textOf(row[column]).length)));
  const line = (cells: readonly string[], paint = (text: string, _column: number) => text) =>
    cells
      .map((cell, column) => paint(cell.padEnd(widths[column] ?? 0), column))
      .join('  ')
      .trimEnd();
  return [
    'Faults by method, explored/total (! failed):',
    colors.dim(line(head)),
    ...rows.map((row) => line(row.map(textOf), (text, column) => paintOf(row[column], colors)(text))),
    toldOf(space.all),
    '',
  ];
}

type Cell = string | FaultCount | undefined;

function rowOf({ method, faults, all }: MethodSpace, space: FaultSpace): Cell[] {
  return [method, ...space.faults.map((fault) => faults.get(fault)), all];
}

function totals({ faults, methods, all }: FaultSpace): Cell[] {
  const sums = faults.map((fault) =>
    methods
      .map((method) => method.faults.get(fault))
      .reduce<FaultCount>((sum, each) => ({ ...plus(sum, each) }), { total: 0, explored: 0, merged: 0, failed: 0 }),
  );
  return ['all', ...sums, all];
}

function plus(one: FaultCount, other: FaultCount | undefined): FaultCount {
  if (other === undefined) return one;
  return {
    total: one.total + other.total,
    explored: one.explored + other.explored,
    merged: one.merged + other.merged,
    failed: one.failed + other.failed,
  };
}

function textOf(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (cell === undefined || cell.total === 0) return '-';
  return `${cell.explored}/${cell.total}${cell.failed === 0 ? '' : ` !${cell.failed}`}`;
}

function paintOf(cell: Cell, colors: Colors): (text: string) => string {
  if (typeof cell === 'string' || cell === undefined || cell.total === 0) return (text) => text;
  if (cell.failed > 0) return colors.red;
  return cell.explored < cell.total ? colors.yellow : colors.green;
}

/** The sum of it in a line. */
export function toldOf({ total, explored, merged, failed }: FaultCount): string {
  return `${explored} of ${total} faults were explored, ${merged} of them by the trace that another one has left; ${failed} failed`;
}
