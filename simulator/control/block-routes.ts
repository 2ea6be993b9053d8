import { bytesType, jsonType } from '../http/body.js';
import { HttpResponse } from '../http/messages.js';
import { ControlError, type ControlRoutes } from './control-app.js';
import { type ControlEnvironment, numberIn, systemOf } from './environment.js';

/** The largest piece of a volume that one request reads or writes. */
const largestBlockBytes = 64 * 2 ** 20;

/** Bytes as base64 in JSON are a third larger than they are. */
const largestBlockBodyBytes = 80 * 2 ** 20;

/** The bytes of a volume or view, without an initiator. */
export function blockRoutes(routes: ControlRoutes, environment: ControlEnvironment): void {
  const path = '/arrays/:id/volumes/:ref/blocks';
  const range = (query: Readonly<Record<string, string | undefined>>, length: number | undefined) => {
    const bytes = numberIn(query.length, 'length') ?? length;
    if (bytes === undefined) throw new ControlError(422, 'missingField', 'Say how many bytes: ?length=…', 'length');
    if (bytes > largestBlockBytes)
      throw new ControlError(
        413,
        'tooLarge',
        `${bytes} bytes are wanted: one request takes up to ${largestBlockBytes}.`,
        'length',
      );
    return { offset: numberIn(query.offset, 'offset') ?? 0, bytes };
  };
  routes.on(
    { method: 'GET', path, summary: 'Bytes of a volume or view: ?offset&length[&format=json]' },
    ({ params, query }) => {
      const { array } = systemOf(environment, params.id);
      const { offset, bytes } = range(query, undefined);
      const data = array.io.read(params.ref ?? '', offset, bytes);
      array.statistics.directFlow(params.ref ?? '').read(offset, bytes);
      if (query.format === 'json') return { offset, length: bytes, base64: data.toString('base64') };
      return new HttpResponse(200, [['content-type', bytesType]], data);
    },
  );
  routes.on(
    {
      method: 'PUT',
      path,
      summary: 'Write bytes at ?offset: the body as it comes, or {base64}',
      changes: true,
      bodyLimitBytes: largestBlockBodyBytes,
      bodyTypes: [bytesType, jsonType],
    },
    ({ params, query, request }) => {
      const { array } = systemOf(environment, params.id);
      const data = bytesOf(request.body);
      const { offset } = range({ offset: query.offset }, data.length);
      array.io.write(params.ref ?? '', offset, data);
      array.statistics.directFlow(params.ref ?? '').wrote(offset, data.length);
      return { offset, length: data.length };
    },
  );
  routes.on({ method: 'DELETE', path, summary: 'Unmap ?offset&length' }, ({ params, query }) => {
    const { array } = systemOf(environment, params.id);
    const bytes = numberIn(query.length, 'length') ?? 0;
    array.io.unmap(params.ref ?? '', numberIn(query.offset, 'offset') ?? 0, bytes);
    array.statistics.directFlow(params.ref ?? '').other();
  });
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'object' && body !== null && 'base64' in body && typeof body.base64 === 'string') {
    const bytes = Buffer.from(body.base64, 'base64');
    if (bytes.toString('base64').replace(/={1,2}$/, '') === body.base64.replace(/={1,2}$/, '')) return bytes;
  }
  throw new ControlError(
    422,
    'invalidField',
    'Send the bytes as application/octet-stream, or JSON {"base64": "…"}.',
    'base64',
  );
}
