import type { GraphNode } from './object-graph.ts';

/** A node with its place in the picture. */
interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
}

interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly placed: readonly PlacedNode[];
  readonly lines: readonly { readonly from: PlacedNode; readonly to: PlacedNode }[];
  /** Where a column has more than it shows. */
  readonly more: readonly { readonly x: number; readonly y: number; readonly count: number }[];
}

export const nodeWidth = 164;
export const nodeHeight = 46;
const columnWidth = 204;
const rowHeight = 58;
const longestColumn = 12;

type Side = 'to' | 'from';

/**
 * An object in the middle, what leads to it on the left, what it leads to on the right: a column for each step. The volume at
 * the other end of a copy is where the picture ends.
 */
export function layoutAround(focus: GraphNode): MapLayout {
  const right = reached(focus, 'to', new Set([focus]));
  const left = reached(focus, 'from', new Set([focus, ...right]));
  return layout([...columnsOf(focus, left, 'from').reverse(), [focus], ...columnsOf(focus, right, 'to')]);
}

/** All that is reached on one side, the nearest first, without what is in the picture already. */
function reached(focus: GraphNode, side: Side, seen: Set<GraphNode>): GraphNode[] {
  const found: GraphNode[] = [focus];
  // The list grows while it is gone through.
  for (const node of found) {
    if (node !== focus && isBeyondCopy(node, side)) continue;
    for (const neighbour of node[side]) {
      if (seen.has(neighbour)) continue;
      seen.add(neighbour);
      found.push(neighbour);
    }
  }
  return found.slice(1);
}

/** Every object stands beyond all that leads to it: its column is the longest way. */
function columnsOf(focus: GraphNode, members: readonly GraphNode[], side: Side): GraphNode[][] {
  const levels = new Map<GraphNode, number>([[focus, 0]]);
  const within = new Set(members);
  const levelOf = (node: GraphNode): number => {
    const known = levels.get(node);
    if (known !== undefined) return known;
    // A circle ends here.
    levels.set(node, 1);
    const before = node[side === 'to' ? 'from' : 'to'].filter(
      (each) => each === focus || (within.has(each) && !isBeyondCopy(each, side)),
    );
    const level = 1 + Math.max(0, ...before.map(levelOf));
    levels.set(node, level);
    return level;
  };
  const columns: GraphNode[][] = [];
  for (const node of members) {
    const index = levelOf(node) - 1;
    const column = columns[index] ?? [];
    columns[index] = column;
    column.push(node);
  }
  return columns.filter((column) => column !== undefined);
}

/** Whether a volume was reached through a copy only, so that what it has on its own does not belong in the picture. */
function isBeyondCopy(node: GraphNode, side: Side): boolean {
  const back = side === 'to' ? node.from : node.to;
  const isVolume = node.kind === 'volume' || node.kind === 'thinVolume';
  return isVolume && back.some(({ kind }) => kind === 'copy');
}

function layout(columns: readonly (readonly GraphNode[])[]): MapLayout {
  const shownRows = Math.max(...columns.map(({ length }) => Math.min(length, longestColumn + 1)));
  const height = shownRows * rowHeight;
  const places = new Map<GraphNode, PlacedNode>();
  const more: { x: number; y: number; count: number }[] = [];
  for (const [index, column] of columns.entries()) {
    const rows = Math.min(column.length, longestColumn + 1);
    const top = (height - rows * rowHeight) / 2 + (rowHeight - nodeHeight) / 2;
    const x = index * columnWidth + 4;
    const shown = column.length > longestColumn + 1 ? longestColumn : column.length;
    for (const [row, node] of column.slice(0, shown).entries()) places.set(node, { node, x, y: top + row * rowHeight });
    if (shown < column.length) more.push({ x, y: top + shown * rowHeight, count: column.length - shown });
  }
  const lines = [...places.values()].flatMap((from) =>
    from.node.to.flatMap((node) => {
      const to = places.get(node);
      return to === undefined || to.x <= from.x ? [] : [{ from, to }];
    }),
  );
  const width = (columns.length - 1) * columnWidth + nodeWidth + 8;
  return { width, height, placed: [...places.values()], lines, more };
}
