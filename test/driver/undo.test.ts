import { describe, expect, it } from 'vitest';
import { isUncertain, made } from '../../driver/cleanup/undo.js';
import { NoAnswer, WebServiceException } from '../../driver/errors.js';

const refused = new WebServiceException({ method: 'POST', path: '/x', statusCode: 422 });

describe('made', () => {
  it('looks for what was made when the answer has lost its body', async () => {
    const empty = () => Promise.resolve(undefined as { id: string } | undefined);
    expect(await made(empty, () => Promise.resolve({ id: 'there' }), isUncertain)).toEqual({ id: 'there' });
    await expect(made(empty, () => Promise.resolve(undefined), isUncertain)).rejects.toBeInstanceOf(NoAnswer);
  });

  it('believes a refusal where what is found may be another client’s', async () => {
    const create = () => Promise.reject(refused);
    await expect(made(create, () => Promise.resolve({ id: 'another' }), isUncertain)).rejects.toBe(refused);
    expect(await made(create, () => Promise.resolve({ id: 'own' }))).toEqual({ id: 'own' });
  });
});
