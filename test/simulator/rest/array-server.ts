import { Errors } from 'typebox/value';
import { expect } from 'vitest';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { StorageSystems } from '../../../simulator/array/storage-systems.js';
import { answerInProcess } from '../../../simulator/http/in-process.js';
import { rolesOfAccount } from '../../../simulator/rest/accounts.js';
import { Authentication } from '../../../simulator/rest/authentication.js';
import type { RestEnvironment } from '../../../simulator/rest/route.js';
import type { TSchema } from '../../../simulator/rest/schemas/types.js';
import { webServices } from '../../../simulator/rest/web-services.js';
import { newArray, type TestArray } from '../arrays.js';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The id of the object answered. */
  readonly id: string;
}

export interface ArrayServer extends TestArray {
  readonly array: StorageArray;
  /** Paths are relative to the storage system's. Answers of success are held against the operation's schema. */
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

interface DescribedResponse {
  readonly method: string;
  readonly pattern: RegExp;
  readonly response: TSchema | undefined;
}

/** What operations answer is the same for every server. */
let responses: readonly DescribedResponse[] | undefined;

function responsesOf({ described }: RestEnvironment): readonly DescribedResponse[] {
  const variables = (path: string) => path.split(':').length;
  return (
    [...described.values()]
      // What a path says outright goes before what it leaves open.
      .sort((a, b) => variables(a.operation.path) - variables(b.operation.path))
      .map(({ operation, schemas }) => ({
        method: operation.method,
        pattern: new RegExp(`^${operation.path.replace(/:\w+/g, '[^/]+')}$`),
        response: schemas.response,
      }))
  );
}

/** The web services over one demo array, for any administrator. */
export function newArrayServer(): ArrayServer {
  const test = newArray();
  const { array } = test;
  const systems = new StorageSystems();
  systems.put({ id: '1', array, controllerAddresses: ['127.0.0.1'], tags: [], online: true });
  const directory = {
    matches: () => true,
    rolesOf: () => rolesOfAccount.get('admin') ?? [],
    credentialOf: () => '',
    epoch: 1,
  };
  const authentication = new Authentication(
    () => directory,
    () => array.now(),
  );
  const environment: RestEnvironment = {
    mode: 'embedded',
    systems,
    authentication,
    admin: 'admin',
    implemented: new Map(),
    described: new Map(),
  };
  const { handle } = webServices({ environment });
  responses ??= responsesOf(environment);
  const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

  async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const { pathname: place, search } = new URL(path, 'http://array/devmgr/v2/storage-systems/1/');
    const url = place + search;
    const { statusCode, rawPayload } = await answerInProcess(handle, {
      method,
      url,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    const answer: unknown = rawPayload.length === 0 ? undefined : JSON.parse(String(rawPayload));
    const [pathname = ''] = url.split('?', 1);
    const operation = responses?.find((each) => each.method === method && each.pattern.test(pathname));
    if (statusCode < 300 && statusCode !== 204 && operation?.response !== undefined) {
      expect(Errors(operation.response, answer)).toEqual([]);
    }
    return { status: statusCode, body: answer, id: (answer as { id?: string } | undefined)?.id ?? '' };
  }

  return {
    ...test,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
  };
}
