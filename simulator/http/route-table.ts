interface Entry<T> {
  readonly handler: T;
  /** What the variable parts are called here, in order; other routes may call the same part otherwise. */
  readonly names: readonly string[];
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  variable: Node<T> | undefined;
  /** What takes the rest of a path, by method. */
  readonly rest: Map<string, Entry<T>>;
  readonly byMethod: Map<string, Entry<T>>;
}

function emptyNode<T>(): Node<T> {
  return { children: new Map(), variable: undefined, rest: new Map(), byMethod: new Map() };
}

/**
 * Finds what answers a method and path. Fastify's router compiles code for each of the few hundred routes, which takes
 * a third of the time to start; this table is a few objects. Double and trailing slashes don't count.
 */
export class RouteTable<T> {
  private readonly root = emptyNode<T>();

  /** `path` has variable parts as `:name`, and may end with `*` for the rest. */
  add(method: string, path: string, handler: T): void {
    const parts = segmentsOf(path);
    const names = parts.filter((part) => part.startsWith(':') || part === '*').map((part) => part.replace(':', ''));
    let node = this.root;
    for (const part of parts) {
      if (part === '*') {
        node.rest.set(method, { handler, names });
        return;
      }
      node = part.startsWith(':') ? variableOf(node) : childOf(node, part);
    }
    node.byMethod.set(method, { handler, names });
  }

  /** The handler and the variable parts as they stand in the path; undefined when nothing fits. */
  find(method: string, path: string): { handler: T; params: Record<string, string> } | undefined {
    const values: string[] = [];
    const entry = search(this.root, segmentsOf(path), 0, method, values);
    if (entry === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const [index, name] of entry.names.entries()) params[name] = values[index] ?? '';
    return { handler: entry.handler, params };
  }
}

function variableOf<T>(node: Node<T>): Node<T> {
  node.variable ??= emptyNode();
  return node.variable;
}

function childOf<T>(node: Node<T>, part: string): Node<T> {
  const child = node.children.get(part) ?? emptyNode<T>();
  node.children.set(part, child);
  return child;
}

/** Literal parts come before variable ones; `values` holds the variable parts on the way to what is found. */
function search<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  method: string,
  values: string[],
): Entry<T> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.byMethod.get(method);
  const child = node.children.get(segment);
  const found = child && search(child, segments, depth + 1, method, values);
  if (found !== undefined) return found;
  if (node.variable !== undefined) {
    values.push(segment);
    const below = search(node.variable, segments, depth + 1, method, values);
    if (below !== undefined) return below;
    values.pop();
  }
  const rest = node.rest.get(method);
  if (rest !== undefined) values.push(segments.slice(depth).join('/'));
  return rest;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
