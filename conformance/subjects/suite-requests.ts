import { Check } from 'typebox/value';
import { messageOf, shown } from './excerpt.js';
import {
  errorCodes,
  recordKinds,
  type SuiteMethod,
  type SuiteRequest,
  suiteMethods,
  suiteRequest,
} from './protocol.js';
import type { SubjectRuntime } from './subject.js';

/** What the suite answers to a request of the program. */
export type SuiteAnswer =
  | { readonly jsonrpc: '2.0'; readonly id: string | number; readonly result: unknown }
  | { readonly jsonrpc: '2.0'; readonly id: string | number; readonly error: { code: number; message: string } };

/** The methods that a runtime can serve. */
export function offeredMethods(runtime: SubjectRuntime | undefined): readonly SuiteMethod[] {
  if (runtime === undefined) return [];
  return suiteMethods.filter((method) => (method !== 'read' && method !== 'update') || runtime.records !== undefined);
}

/** A message of the program that is a request, well-formed or not. */
export function isSuiteRequest(message: unknown): message is { readonly id: string | number; readonly method: string } {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
  const { id, method } = message as Readonly<Record<string, unknown>>;
  return typeof method === 'string' && (typeof id === 'string' || typeof id === 'number');
}

/** Waits for so much of the array's time; the call is the request of the suite that waits. */
type Sleep = (milliseconds: number, call?: string | number) => Promise<void>;

/** Answers a request of the program from its runtime. Never rejects: what is wrong with the request is in the answer. */
export async function answerSuiteRequest(
  runtime: SubjectRuntime | undefined,
  message: { readonly id: string | number; readonly method: string },
  sleep?: Sleep,
): Promise<SuiteAnswer> {
  const { id, method } = message;
  const refused = (code: number, text: string): SuiteAnswer => ({ jsonrpc: '2.0', id, error: { code, message: text } });
  const offered = offeredMethods(runtime);
  if (runtime === undefined || !offered.some((each) => each === method))
    return refused(
      errorCodes.methodNotFound,
      `The suite has no method '${method}': it answers ${offered.join(', ') || 'no requests'}.`,
    );
  if (!Check(suiteRequest, message)) return refused(errorCodes.invalidParams, expectedOf(method, message));
  try {
    return { jsonrpc: '2.0', id, result: await served(runtime, message, sleep) };
  } catch (error) {
    return refused(error instanceof RangeError ? errorCodes.invalidParams : errorCodes.internalError, messageOf(error));
  }
}

async function served(
  runtime: SubjectRuntime,
  request: SuiteRequest,
  sleep: Sleep = (milliseconds) => runtime.sleep(milliseconds),
): Promise<unknown> {
  switch (request.method) {
    case 'sleep':
      await sleep(request.params.seconds * 1000, request.params.call);
      return { now: runtime.now() / 1000 };
    case 'now':
      return { now: runtime.now() / 1000 };
    case 'uuid':
      return { uuid: runtime.randomUuid() };
    case 'read': {
      const { params } = request;
      return 'id' in params
        ? runtime.records?.read(params.kind, params.id)
        : runtime.records?.list(params.kind, params.where);
    }
    case 'update':
      runtime.records?.update(request.params.kind, request.params.id, request.params.values);
      return null;
  }
}

const parameters: Readonly<Record<SuiteMethod, string>> = {
  sleep: '{"seconds": a number from 0, "call": the id of a request of the suite}, of which "call" may be left out',
  now: '{}',
  uuid: '{}',
  read: `{"kind": K, "id": ID} or {"kind": K, "where": {field: value}}; K is one of ${recordKinds.join(', ')}`,
  update: `{"kind": K, "id": ID, "values": {field: value}}; K is one of ${recordKinds.join(', ')}`,
};

function expectedOf(method: string, message: object): string {
  const { params } = message as { readonly params?: unknown };
  return `${method} takes ${parameters[method as SuiteMethod]}, not ${shown(params)}; "jsonrpc" is "2.0".`;
}
