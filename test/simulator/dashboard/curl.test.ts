import { expect, it } from 'vitest';
import { curlOf } from '../../../simulator/dashboard/curl.js';
import { runChildInPlace } from '../../child-process.js';

it('a curl command has method, body and URL, and the password as a variable of the shell', () => {
  const body = { name: 'v' };
  expect(curlOf({ method: 'POST', url: '/devmgr/v2/storage-systems/1/volumes', body }, 'http://127.0.0.1:1')).toBe(
    `curl -sS -u "admin:$ARRAY_PASSWORD" -X POST -H 'Content-Type: application/json' -d '{"name":"v"}' 'http://127.0.0.1:1/devmgr/v2/storage-systems/1/volumes'`,
  );
  expect(curlOf({ method: 'GET', url: '/x', body: null }, 'http://h')).toBe(
    `curl -sS -u "admin:$ARRAY_PASSWORD" 'http://h/x'`,
  );
});

it('a curl command hands a name with quotes, $ and backquotes to the program as it is', () => {
  const body = { name: `a'b"c$(id)\`id\`` };
  const command = curlOf({ method: 'POST', url: '/x', body }, 'http://h').replace(/^curl/, `printf '%s\\n'`);
  const { stdout } = runChildInPlace('sh', ['-c', command]);
  expect(stdout.split('\n')).toContain(JSON.stringify(body));
});
