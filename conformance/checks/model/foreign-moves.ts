import { pools } from '../properties/arbitraries.js';
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
  foreign(story, { one, other }) {
    if (story.foreign.size >= mostForeign) return undefined;
    const as = story.newName('f');
    const label = `${chosen(labels, one) ?? ''}-${as}`;
    const pool = chosen(pools, other) ?? 'DDP_1';
    const body = { name: label, poolId: story.poolRefs.get(pool) ?? '', size: '1', sizeUnit: 'gb' };
    return {
      step: { rest: 'POST volumes', as, body },
      learn: () => {
        story.foreign.set(as, { label, pool });
      },
    };
  },
  'foreign-mapping'(story, { one, other }) {
    const name = chosen(
      [...story.foreign.keys()].filter((each) => !story.foreignMappings.has(each)),
      one,
    );
    if (name === undefined || story.hostRef === undefined) return undefined;
    const as = story.newName('m');
    const body = { mappableObjectId: `{${name}}`, targetId: story.hostRef, lun: firstForeignLun + (other % 8) };
    if (story.foreignLuns.has(body.lun)) return undefined;
    return {
      step: { rest: 'POST volume-mappings', as, body },
      about: [name],
      learn: () => {
        story.foreignMappings.set(name, as);
        story.foreignLuns.add(body.lun);
      },
    };
  },
  'foreign-gone'(story, { one }) {
    const name = chosen(
      [...story.foreign.keys()].filter((each) => !story.foreignMappings.has(each)),
      one,
    );
    if (name === undefined) return undefined;
    return {
      step: { rest: `DELETE volumes/{${name}}` },
      about: [name],
      learn: () => {
        story.foreign.delete(name);
      },
    };
  },
  manage(story, { one, other }) {
    const name = chosen(
      [...story.foreign.keys()].filter((each) => !story.foreignMappings.has(each)),
      one,
    );
    const volume = name === undefined ? undefined : story.foreign.get(name);
    if (name === undefined || volume === undefined) return undefined;
    const reference = other % 2 === 0 ? { 'source-id': `{${name}}` } : { 'source-name': volume.label };
    const as = story.newName('v');
    return {
      // Labels like those of the array's own volumes, or of drivers' temporary ones, may be a reason to refuse.
      step: { call: 'manage_existing', as, reference, pool: volume.pool, expect: { mayRaise: true } },
      about: [name],
      isDone: () => story.statusOf(as) === 'available',
      learn: () => {
        story.foreign.delete(name);
      },
    };
  },
  unmanage(story, { one }) {
    const volume = chosen(
      usable(story).filter(
        ({ row }) => row.status === 'available' && row.group_id === null && story.snapshotsOf(row).length === 0,
      ),
      one,
    );
    if (volume === undefined) return undefined;
    return {
      step: { call: 'unmanage', of: volume.name },
      about: [volume.name],
      isDone: () => story.statusOf(volume.name) === 'gone',
    };
  },
};
