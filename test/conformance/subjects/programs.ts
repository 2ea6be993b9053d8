/** A program that answers with what `answer(request, write)` returns, in JavaScript; undefined for no answer. */
export function programThat(answer: string, before = ''): readonly string[] {
  const source = `
    const { createInterface } = require('node:readline');
    const write = (text) => process.stdout.write(text + '\\n');
    const ok = (id, result) => ({ jsonrpc: '2.0', id, result });
    const about = { name: 'fake', methods: ['do_setup', 'get_pool'] };
    const answer = ${answer};
    ${before}
    createInterface({ input: process.stdin }).on('line', (line) => {
      const request = JSON.parse(line);
      const said = answer(request, write);
      if (said !== undefined) write(typeof said === 'string' ? said : JSON.stringify(said));
    });`;
  return [process.execPath, '-e', source];
}

/** The same, with initialize and close as they should be. */
export function programWhoseCalls(answer: string, before?: string): readonly string[] {
  return programThat(
    `(request, write) => {
      if (request.method === 'initialize') return ok(request.id, about);
      if (request.method === 'close') return ok(request.id, null);
      return (${answer})(request, write);
    }`,
    before,
  );
}
