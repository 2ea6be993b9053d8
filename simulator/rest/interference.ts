import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from './operations.js';
import type { Presented } from './route.js';

/** What may come between a request and its answer. */
export interface Interference {
  /** Whether there is anything to look at: without, requests go their way at once. */
  readonly active: boolean;
  intercept(request: FastifyRequest, reply: FastifyReply, service: Service): unknown;
}

/** How requests are answered when nothing comes in between. */
export interface Service {
  /** The operation that a request is for; undefined when it is none that is implemented. */
  match(
    request: FastifyRequest,
  ):
    | { readonly handler: { readonly operation: Operation }; readonly params: Readonly<Record<string, string>> }
    | undefined;
  /** Answers a request. Throws what `fail` makes an answer of. */
  answer(request: FastifyRequest, reply: FastifyReply, presented?: Presented): unknown;
  fail(error: Error, request: FastifyRequest, reply: FastifyReply): unknown;
}
