import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Handler, HttpResponse } from '../http/messages.js';

/** Nothing of another host, no script or style within the page, and no page of others around it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** Where the built page is: beside the compiled package, or in the clone's `dist`. Undefined where it is not built. */
export function builtDashboard(): URL | undefined {
  return [new URL('../../dashboard/', import.meta.url), new URL('../../dist/dashboard/', import.meta.url)].find(
    (folder) => existsSync(new URL('index.html', folder)),
  );
}

/** The built page for `/`, and its files. They are read when they are asked for. */
export function dashboardPages(serve: (path: string, page: Handler) => void, folder: URL): void {
  serve('/', async () => {
    const page = await readFile(new URL('index.html', folder));
    return guarded(page, 'text/html; charset=utf-8', 'no-cache');
  });
  serve('/dashboard/assets/*', async ({ url }) => {
    const name = url.split('?', 1)[0]?.replace(/^.*\//, '') ?? '';
    const type = types[/^[\w-]+\.(?<ending>js|css)$/.exec(name)?.groups?.ending ?? ''];
    const file = new URL(`assets/${name}`, folder);
    if (type === undefined || !existsSync(file))
      return new HttpResponse(404, [['content-type', 'text/plain; charset=utf-8']], 'The dashboard has no such file.');
    // The name has a hash of the content.
    return guarded(await readFile(file), type, 'max-age=31536000, immutable');
  });
}

function guarded(body: Buffer, type: string, caching: string): HttpResponse {
  const headers = [
    ['content-type', type],
    ['cache-control', caching],
    ['content-security-policy', policy],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
  ] as const;
  return new HttpResponse(200, headers, body);
}
