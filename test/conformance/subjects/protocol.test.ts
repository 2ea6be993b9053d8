import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { documentedMethods } from '../../../conformance/subjects/methods.js';
import { protocolSchema } from '../../../conformance/subjects/protocol.js';

const page = readFileSync(new URL('../../../conformance/PROTOCOL.md', import.meta.url), 'utf8');
const published = JSON.parse(
  readFileSync(new URL('../../../conformance/subjects/protocol.schema.json', import.meta.url), 'utf8'),
) as object;

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(published, 'protocol');

interface Message {
  readonly id: number;
  readonly method?: string;
  readonly params?: { readonly method?: string; readonly args?: object };
}

const messages = (arrow: string) =>
  page
    .split('\n')
    .filter((line) => line.startsWith(`${arrow} `))
    .map((line) => JSON.parse(line.slice(2)) as Message);

function faults(definition: string, message: unknown) {
  return ajv.validate(`protocol#/definitions/${definition}`, message) ? [] : ajv.errors;
}

describe('the protocol of subjects', () => {
  it('is published as the schema that answers are read by', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(protocolSchema())));
  });

  it.each(messages('→'))('has a request in its example that fits: $id $method', (message) => {
    expect(faults('request', message)).toEqual([]);
    expect(messages('←').filter(({ id }) => id === message.id)).toHaveLength(1);
  });

  it.each(messages('←'))('has an answer in its example that fits: $id', (message) => {
    expect(faults('answer', message)).toEqual([]);
  });

  it('names methods and arguments in its example as they are documented', () => {
    const calls = messages('→').filter(({ method }) => method === 'call');
    expect(calls.length).toBeGreaterThan(2);
    for (const { params } of calls) {
      const { parameters, keywords = [] } = documentedMethods[params?.method ?? ''] ?? { parameters: [] };
      expect([...parameters, ...keywords]).toEqual(expect.arrayContaining(Object.keys(params?.args ?? {})));
    }
  });

  it('describes what initialize is answered with', () => {
    const first = messages('←').find(({ id }) => id === 1) as unknown as { readonly result: unknown };
    expect(faults('initializeResult', first.result)).toEqual([]);
    expect(faults('initializeResult', { name: 'x' })).not.toEqual([]);
  });

  it.each([
    { jsonrpc: '2.0', id: 1 },
    { id: 1, result: null },
    { jsonrpc: '2.0', id: 1, error: { code: -32_000, message: 'x' } },
    { jsonrpc: '2.0', id: 1, error: { code: 7, message: 'x' } },
    { jsonrpc: '2.0', id: 1, result: 1, error: null },
    { jsonrpc: '2.0', id: 1, result: {}, identities: { a: '/args' } },
  ])('does not take %j for an answer', (message) => {
    expect(faults('answer', message)).not.toEqual([]);
  });
});
