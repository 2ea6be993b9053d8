import type { FastifyReply, FastifyRequest } from 'fastify';

/** Takes note of every request with its answer. */
export interface Journal {
  record(request: FastifyRequest, reply: FastifyReply): void;
}
