import { describe, expect, it } from 'vitest';
import { actionsIn, fieldsOf, objectOf, type Schema } from '../../../simulator/dashboard/rule-schema.js';
import { actionSchemas } from '../../../simulator/faults/fault-actions.js';
import { newServer } from '../servers.js';

const schema = async (): Promise<Schema> => (await (await newServer()).control('GET', '/faults/schema')).body;

describe('the form of a fault rule', () => {
  it('has every action of the published schema', async () => {
    expect([...actionsIn(await schema()).keys()].sort()).toEqual([...actionSchemas.keys()].sort());
  });

  it('has a field for each setting, of its kind, and those of an object in it by their names', async () => {
    const actions = actionsIn(await schema());
    const fields = (name: string) => fieldsOf(actions.get(name) ?? {});
    expect(fields('controller').map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['controller', 'text', true],
      ['state', 'choice', false],
      ['for', 'text', false],
    ]);
    expect(fields('answer-command').map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['status', 'choice', false],
      ['sense.key', 'number', false],
      ['sense.asc', 'number', false],
      ['sense.ascq', 'number', false],
    ]);
    expect(fields('delay').find(({ name }) => name === 'advance')?.kind).toBe('flag');
  });

  it('makes the rule of what is filled in, without what is not', async () => {
    const fields = fieldsOf(actionsIn(await schema()).get('answer-command') ?? {});
    const values = { status: 'check-condition', 'sense.key': '3', 'sense.asc': '17', 'sense.ascq': '' };
    expect(objectOf(fields, values)).toEqual({ status: 'check-condition', sense: { key: 3, asc: 17 } });
    expect(objectOf(fields, {})).toEqual({});
  });

  it('hands a number that is none over as it is, for the simulator to refuse', async () => {
    const fields = fieldsOf(actionsIn(await schema()).get('status') ?? {});
    expect(objectOf(fields, { status: 'many' })).toEqual({ status: 'many' });
  });
});
