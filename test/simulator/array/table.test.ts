import { describe, expect, it } from 'vitest';
import { Table } from '../../../simulator/array/table.js';
import { UndoLog } from '../../../simulator/array/undo-log.js';

interface Row {
  readonly ref: string;
  readonly kind: string;
}

function tableOf(...refs: string[]) {
  const undo = new UndoLog();
  const table = new Table<Row>(undo);
  const byKind = table.index((row) => row.kind);
  undo.run(() => refs.map((ref) => table.put({ ref, kind: 'a' })));
  return { undo, table, byKind };
}

describe('a lookup', () => {
  it('has what was created last, however it came to be the last', () => {
    const { undo, table, byKind } = tableOf('1', '2', '3');
    expect(byKind.newest('a')).toBe('3');
    undo.run(() => table.delete('3'));
    expect(byKind.newest('a')).toBe('2');
    undo.run(() => table.patch('1', { kind: 'b' }));
    expect([byKind.newest('b'), byKind.newest('c')]).toEqual(['1', undefined]);
    table.load([{ ref: '9', kind: 'a' }]);
    expect([byKind.newest('a'), byKind.newest('b')]).toEqual(['9', undefined]);
  });

  it('is in order of creation again after a deletion that was taken back', () => {
    const { undo, table, byKind } = tableOf('1', '2', '3');
    const failing = (ref: string) => () =>
      undo.run(() => {
        table.delete(ref);
        throw new Error('no');
      });
    expect(failing('1')).toThrow('no');
    expect([...byKind('a')]).toEqual(['1', '2', '3']);
    expect(failing('3')).toThrow('no');
    expect([[...byKind('a')], byKind.newest('a')]).toEqual([['1', '2', '3'], '3']);
    expect(table.toJSON().map((row) => row.ref)).toEqual(['1', '2', '3']);
  });
});
