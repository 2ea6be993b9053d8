interface Node<T> {
  readonly children: Map<string, Node<T>>;
  variable: { readonly name: string; readonly node: Node<T> } | undefined;
  /** What takes the rest of a path. */
  rest: Map<string, T> | undefined;
  readonly byMethod: Map<string, T>;
}

function emptyNode<T>(): Node<T> {
  return { children: new Map(), variable: undefined, rest: undefined, byMethod: new Map() };
}

/**
 * Finds what answers a method and path. Fastify's router compiles code for each of the few hundred routes, which takes
 * a third of the time to start; this table is a few objects. Double and trailing slashes don't count.
 */
export class RouteTable<T> {
  private readonly root = emptyNode<T>();

  /** `path` has variable parts as `:name`, and may end with `*` for the rest. */
  add(method: string, path: string, handler: T): void {
    let node = this.root;
    for (const part of segmentsOf(path)) {
      if (part === '*') {
        node.rest ??= new Map();
        node.rest.set(method, handler);
        return;
      }
      if (part.startsWith(':')) {
        node.variable ??= { name: part.slice(1), node: emptyNode() };
        node = node.variable.node;
      } else {
        const child = node.children.get(part) ?? emptyNode<T>();
        node.children.set(part, child);
        node = child;
      }
    }
    node.byMethod.set(method, handler);
  }

  /** The handler and the variable parts as they stand in the path; undefined when nothing fits. */
  find(method: string, path: string): { handler: T; params: Record<string, string> } | undefined {
    const params: Record<string, string> = {};
    const handler = search(this.root, segmentsOf(path), 0, method, params);
    return handler === undefined ? undefined : { handler, params };
  }
}

function search<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  method: string,
  params: Record<string, string>,
): T | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.byMethod.get(method);
  const child = node.children.get(segment);
  const found = child && search(child, segments, depth + 1, method, params);
  if (found !== undefined) return found;
  if (node.variable !== undefined) {
    const below = search(node.variable.node, segments, depth + 1, method, params);
    if (below !== undefined) {
      params[node.variable.name] = segment;
      return below;
    }
  }
  const rest = node.rest?.get(method);
  if (rest !== undefined) params['*'] = segments.slice(depth).join('/');
  return rest;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
