import { pools } from '../properties/parts.js';
import type { CommandKind } from './command.js';
import { chosen, type Resolver } from './move.js';
import { usable } from './volume-moves.js';

const mostForeign = 3;

/** Hosts see Cinder's volumes at LUNs from 1 on; an administrator takes those at the end. */
const firstForeignLun = 240;

/** Labels that drivers of this family have mistaken for their own, or have stumbled over. */
const labels = ['tmp-foo', 'repos_like', 'payroll', 'tmp-MFRGGZDFMZTWQ2LK', 'cinder.1', 'SGCV', '#1'];

/** Commands of an administrator, and those by which Cinder takes volumes over and lets them go. */
export const foreignMoves: { readonly [Kind in CommandKind]?: Resolver } = {
  foreign(world, { one, other }) {
    if (world.foreign.size >= mostForeign) return undefined;
    const as = world.newName('f');
    const label = `${chosen(labels, one) ?? ''}-${as}`;
    const pool = chosen(pools, other) ?? 'DDP_1';
    const body = { name: label, poolId: world.poolRefs.get(pool) ?? '', size: '1', sizeUnit: 'gb' };
    return {
      step: { rest: 'POST volumes', as, body },
      learn: () => {
        world.foreign.set(as, { label, pool });
      },
    };
  },
  'foreign-mapping'(world, { one, other }) {
    const name = chosen(
      [...world.foreign.keys()].filter((each) => !world.foreignMappings.has(each)),
      one,
    );
    if (name === undefined || world.hostRef === undefined) return undefined;
    const as = world.newName('m');
    const body = { mappableObjectId: `{${name}}`, targetId: world.hostRef, lun: firstForeignLun + (other % 8) };
    if (world.foreignLuns.has(body.lun)) return undefined;
    return {
      step: { rest: 'POST volume-mappings', as, body },
      about: [name],
      learn: () => {
        world.foreignMappings.set(name, as);
        world.foreignLuns.add(body.lun);
      },
    };
  },
  'foreign-gone'(world, { one }) {
    const name = chosen(
      [...world.foreign.keys()].filter((each) => !world.foreignMappings.has(each)),
      one,
    );
    if (name === undefined) return undefined;
    return {
      step: { rest: `DELETE volumes/{${name}}` },
      about: [name],
      learn: () => {
        world.foreign.delete(name);
      },
    };
  },
  manage(world, { one, other }) {
    const name = chosen(
      [...world.foreign.keys()].filter((each) => !world.foreignMappings.has(each)),
      one,
    );
    const volume = name === undefined ? undefined : world.foreign.get(name);
    if (name === undefined || volume === undefined) return undefined;
    const reference = other % 2 === 0 ? { 'source-id': `{${name}}` } : { 'source-name': volume.label };
    const as = world.newName('v');
    return {
      // Labels like those of the array's own volumes, or of drivers' temporary ones, may be a reason to refuse.
      step: { call: 'manage_existing', as, reference, pool: volume.pool, expect: { mayRaise: true } },
      about: [name],
      isDone: () => world.statusOf(as) === 'available',
      learn: () => {
        world.foreign.delete(name);
      },
    };
  },
  unmanage(world, { one }) {
    const volume = chosen(
      usable(world).filter(
        ({ row }) => row.status === 'available' && row.group_id === null && world.snapshotsOf(row).length === 0,
      ),
      one,
    );
    if (volume === undefined) return undefined;
    return {
      step: { call: 'unmanage', of: volume.name },
      about: [volume.name],
      isDone: () => world.statusOf(volume.name) === 'gone',
    };
  },
};
