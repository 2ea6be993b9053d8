import type { FastifyRequest } from 'fastify';
import type { Role } from './operations.js';

export interface Principal {
  readonly user: string;
  readonly roles: readonly Role[];
}
export interface Authentication {
  /** Who sends the request, or null where anyone may; throws RestError unauthenticated or forbidden. */
  admit(request: FastifyRequest, roles: readonly Role[]): Principal | null;
}
