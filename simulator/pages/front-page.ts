import type { StorageSystems } from '../array/storage-systems.js';

import { type Handler, HttpResponse } from '../http/messages.js';

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A short page that leads on. */
export function frontPage(systems: StorageSystems, version: string): Handler {
  return async () => {
    const arrays = systems
      .list()
      .map(
        ({ id, array }) =>
          `<li><code>${escaped(id)}</code> ${array === null ? 'never contacted' : `${escaped(array.system.label)}, pools: ${array.tables.pools.size}, volumes: ${array.tables.volumes.size}`}</li>`,
      )
      .join('');
    const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>eseries-simulator</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}code{background:#eee;padding:0 .2em}</style>
<h1>eseries-simulator ${escaped(version)}</h1>
<p>A NetApp E-Series array that isn't there. Its storage systems:</p><ul>${arrays}</ul>
<ul>
<li><a href="/docs">SANtricity REST API</a> (<a href="/openapi.json">OpenAPI</a>), under <code>/devmgr/v2</code></li>
<li><a href="/sim/v1/docs">Control API</a> (<a href="/sim/v1/openapi.json">OpenAPI</a>), under <code>/sim/v1</code></li>
<li><a href="/sim/v1/health">Health</a>, <a href="/sim/v1/coverage">what is implemented</a></li>
</ul>
<p>The dashboard is not built: run <code>npm run build</code> in the clone and start the simulator again.</p>
</html>
`;
    return new HttpResponse(200, [['content-type', 'text/html; charset=utf-8']], page);
  };
}
