import Fastify from 'fastify';

/** The least that Fastify can do for the same bytes: what the simulator is measured against. */
const app = Fastify({ logger: false });
const volumes = new Map<string, object>();
let one = '{}';
let list: unknown[] = [];

app.post('/prepare', { bodyLimit: 64 * 2 ** 20 }, (request) => {
  const given = request.body as { one: object; list: unknown[] };
  one = JSON.stringify(given.one);
  list = given.list;
  return { ok: true };
});
app.get('/health', () => ({ ok: true }));
app.get('/volume/:id', (_request, reply) => reply.header('content-type', 'application/json').send(one));
app.get('/volumes', (_request, reply) => reply.header('content-type', 'application/json').send(JSON.stringify(list)));
app.post('/volumes', (request) => {
  const volume = request.body as { name: string };
  volumes.set(volume.name, volume);
  return { ...JSON.parse(one), ...volume };
});
await app.listen({ port: 0 });
const address = app.server.address();
process.stdout.write(
  `${JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` })}\n`,
);
