import Fastify from 'fastify';

const app = Fastify({ logger: false });
const volumes = /* @__PURE__ */ new Map();
let one = '{}';
let list = [];
app.post('/prepare', { bodyLimit: 64 * 2 ** 20 }, (request) => {
  const given = request.body;
  one = JSON.stringify(given.one);
  list = given.list;
  return { ok: true };
});
app.get('/health', () => ({ ok: true }));
app.get('/volume/:id', (_request, reply) => reply.header('content-type', 'application/json').send(one));
app.get('/volumes', (_request, reply) => reply.header('content-type', 'application/json').send(JSON.stringify(list)));
app.post('/volumes', (request) => {
  const volume = request.body;
  volumes.set(volume.name, volume);
  return { ...JSON.parse(one), ...volume };
});
await app.listen({ port: 0 });
const address = app.server.address();
process.stdout.write(
  `${JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` })}
`,
);
