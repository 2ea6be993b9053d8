import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { cinderMethods } from '../../../conformance/subjects/methods.js';
import { protocolSchema, recordKinds, suiteMethods } from '../../../conformance/subjects/protocol.js';

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

/** The answers in the same exchange: each begins with the request 1. */
function answersTo(message: Message) {
  const ids = page.split('## What the program may ask of the suite').map((part) => part.split('\n'));
  const part = ids.find((lines) => lines.some((line) => line === `→ ${written(message)}`)) ?? [];
  return part.filter((line) => line.startsWith(`← {"jsonrpc": "2.0", "id": ${message.id},`));
}

/** A message of the page as it stands there. */
function written(message: Message): string | undefined {
  const lines = page
    .split('\n')
    .filter((line) => line.startsWith('→ '))
    .map((line) => line.slice(2));
  return lines.find((line) => JSON.stringify(JSON.parse(line)) === JSON.stringify(message));
}

function faults(definition: string, message: unknown) {
  return ajv.validate(`protocol#/definitions/${definition}`, message) ? [] : ajv.errors;
}

describe('the protocol of subjects', () => {
  it('is published as the schema that answers are read by', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(protocolSchema())));
  });

  it.each(messages('→'))('has a request in its example that fits: $id $method', (message) => {
    expect(faults('request', message)).toEqual([]);
    expect(answersTo(message)).toHaveLength(1);
  });

  it.each(messages('←'))('has an answer in its example that fits: $id', (message) => {
    expect(faults('answer', message)).toEqual([]);
  });

  it.each(messages('⇐'))('has a request of the program in its example that fits: $id $method', (message) => {
    const isWrong = (message.params as { readonly seconds?: number }).seconds === -1;
    expect(faults('suiteRequest', message) === null || faults('suiteRequest', message)?.length === 0).toBe(!isWrong);
    expect(messages('⇒').filter(({ id }) => id === message.id)).toHaveLength(1);
  });

  it.each(messages('⇒'))('has an answer of the suite in its example that fits: $id', (message) => {
    expect(faults('suiteAnswer', message)).toEqual([]);
  });

  it('shows each request of the program and lists it', () => {
    expect(new Set(messages('⇐').map(({ method }) => method))).toEqual(new Set(suiteMethods));
    for (const method of suiteMethods) expect(page).toContain(`| \`${method}\` |`);
    for (const kind of recordKinds) expect(page).toContain(`\`${kind}\``);
  });

  it.each([
    ['sleep', { seconds: -1 }],
    ['sleep', { milliseconds: 1 }],
    ['now', { zone: 'UTC' }],
    ['read', { kind: 'volume' }],
    ['read', { kind: 'host', id: 'x' }],
    ['read', { kind: 'volume', id: 'x', where: {} }],
    ['update', { kind: 'volume', id: 'x' }],
    ['wait', {}],
  ])('does not take %s %j for a request of the program', (method, params) => {
    expect(faults('suiteRequest', { jsonrpc: '2.0', id: 'p1', method, params })).not.toEqual([]);
  });

  it('names methods and arguments in its example as they are documented', () => {
    const calls = messages('→').filter(({ method }) => method === 'call');
    expect(calls.length).toBeGreaterThan(2);
    for (const { params } of calls) {
      const { parameters, keywords = [] } = cinderMethods[params?.method ?? ''] ?? { parameters: [] };
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
