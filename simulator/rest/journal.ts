import type { FastifyReply, FastifyRequest } from 'fastify';

/** Takes note of every request with its answer. */
export interface Journal {
  /** `answer` is the text that is about to be sent; anything else is no answer of the web services. */
  record(request: FastifyRequest, reply: FastifyReply, answer: unknown): void;
}
