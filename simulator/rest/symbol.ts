import { ArrayError } from '../array/errors.js';
import { json } from '../http/messages.js';
import { apiRoot, type Role, readers, writers } from './operations.js';
import type { ArrayRouteContext, RouteSchemas, Routes } from './route.js';
import { object, optional, type Static, type TSchema, text } from './schemas/types.js';

const options = object({ verboseErrorResponse: optional(text()), controller: optional(text()) });

export interface SymbolSchemas<Body extends TSchema | undefined> extends RouteSchemas<Body, undefined> {
  /** Reading procedures are open to monitors too. */
  readonly reads?: boolean;
  readonly roles?: readonly Role[];
}

type SymbolContext<Body> = Pick<ArrayRouteContext<Body, unknown>, 'array' | 'body' | 'system'> & {
  /** The controller that is asked: a, b or auto. */
  readonly controller: string | undefined;
};

/**
 * A SYMbol procedure under /symbol/{name}, by POST and, as clients use it, by GET. A procedure without a result answers
 * the JSON text "ok". A refused one answers 422, with the CallResponse when `verboseErrorResponse=true` asks for it (or
 * nothing is said) and with the bare name of the return code when it is false.
 */
export function onSymbol<Body extends TSchema | undefined = undefined>(
  routes: Routes,
  name: string,
  schemas: SymbolSchemas<Body>,
  procedure: (context: SymbolContext<Body extends TSchema ? Static<Body> : undefined>) => unknown,
): void {
  const { reads = false, roles = reads ? readers : writers, ...rest } = schemas;
  const methods = reads ? (['GET', 'POST'] as const) : (['POST'] as const);
  for (const method of methods) {
    const id = method === 'GET' ? `symbol-${name}-get` : `symbol-${name}`;
    const path = `${apiRoot}/storage-systems/:systemId/symbol/${name}`;
    routes.onArray(
      { id, method, path, mode: 'both', roles, tag: 'SYMbol', status: 200 },
      { ...rest, query: options },
      ({ array, body, system, query }) => {
        try {
          return procedure({ array, body, system, controller: query.controller }) ?? 'ok';
        } catch (error) {
          if (!(error instanceof ArrayError) || query.verboseErrorResponse !== 'false') throw error;
          return json(error.returnCode, 422);
        }
      },
    );
  }
}
