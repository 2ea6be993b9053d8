import { describe, expect, it } from 'vitest';
import { findSecretLeaks, utterancesOf } from '../../../conformance/scenario/secrets.js';

const options = { netapp_login: 'user', netapp_password: 'a b/c&d\'e"f', chap_password: 'chap-secret-1' };

const told = (text: string) =>
  findSecretLeaks([{ where: 'the log', text }], [options], []).map(({ message, requirement }) => [
    message,
    requirement,
  ]);

describe('a secret that a driver tells', () => {
  it.each([
    ['as it is', 'auth a b/c&d\'e"f failed'],
    ['percent-encoded', `http://user:${encodeURIComponent(options.netapp_password)}@array`],
    ['as a form has it', `p=${new URLSearchParams({ p: options.netapp_password }).toString().slice(2)}`],
    ['in the Basic header', `Basic ${Buffer.from(`user:${options.netapp_password}`).toString('base64')}`],
    ['in base 64 alone', Buffer.from(options.netapp_password).toString('base64')],
    ['as JSON writes it', JSON.stringify([options.netapp_password])],
    ['as Python prints it', `['user', 'a b/c&d\\'e"f']`],
  ])('%s is found', (_, text) => {
    expect(told(text)).toEqual([['the secret netapp_password is in the log', 'B23']]);
  });

  it('is not found where there is none', () => {
    expect(told('user logged in at /devmgr/v2')).toEqual([]);
  });

  it('is found in a replication device, by its own name', () => {
    const device = { replication_device: 'backend_id:b,login:user,password:far-away-1' };
    expect(findSecretLeaks([{ where: 'an answer', text: 'far-away-1' }], [device], [])).toMatchObject([
      { message: 'the secret replication_device.password is in an answer' },
    ]);
  });

  it('is no tell where CHAP secrets belong, and one elsewhere', () => {
    const connection = { data: { auth_password: 'chap-secret-1' } };
    const answer = { method: 'initialize_connection', args: {}, answer: { returned: connection } };
    expect(findSecretLeaks(utterancesOf(answer), [options], [connection])).toEqual([]);
    const elsewhere = {
      method: 'create_volume',
      args: {},
      answer: { returned: { provider_auth: 'CHAP u chap-secret-1' } },
    };
    expect(findSecretLeaks(utterancesOf(elsewhere), [options], [])).toEqual([]);
    const wrong = { method: 'create_volume', args: {}, answer: { returned: { provider_id: 'chap-secret-1' } } };
    expect(findSecretLeaks(utterancesOf(wrong), [options], [])).toHaveLength(1);
  });
});
