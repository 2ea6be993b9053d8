/** A test for names: `*` stands for anything, `?` for one character; case does not count. */
export function namePattern(pattern: string): (name: string) => boolean {
  const expression = expressionOf(pattern, '.*', '.');
  return (name) => expression.test(name);
}

/** What a request pattern says: a method, or '*' for any, and a path. */
export interface RequestPattern {
  readonly method: string;
  readonly path: string;
}

/** Reads `POST volumes/*`; the method may be left out. Undefined when it is not of that form. */
export function readRequestPattern(pattern: string): RequestPattern | undefined {
  const [, method = '*', path] = /^\s*(?:(GET|POST|PUT|DELETE|\*)\s+)?(\S+)\s*$/i.exec(pattern) ?? [];
  if (path === undefined || (path.startsWith('/') && !path.startsWith('/devmgr/'))) return undefined;
  return { method: method.toUpperCase(), path };
}

/** A test for paths: `*` stands for a part or what of it is left out, `**` for any number of parts. */
export function pathPattern(pattern: string): (path: string) => boolean {
  const parts = pattern.split('/').filter((part) => part !== '');
  const expression = parts.map((part, index) => {
    const slash = index === 0 ? '' : '/';
    // What any number of parts is separated by goes with it: `ssc/**` is also `ssc`.
    if (part === '**') return index === 0 ? '.*' : '(?:/.*)?';
    return (
      slash +
      part
        .split('*')
        .map((piece) => piece.split('?').map(escaped).join('[^/]'))
        .join('[^/]*')
    );
  });
  const whole = new RegExp(`^${expression.join('').replace(/^\.\*\//, '(?:.*/)?')}$`, 'i');
  return (path) =>
    whole.test(
      path
        .split('/')
        .filter((part) => part !== '')
        .join('/'),
    );
}

function expressionOf(pattern: string, any: string, one: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((piece) => piece.split('?').map(escaped).join(one))
      .join(any)}$`,
    'is',
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
