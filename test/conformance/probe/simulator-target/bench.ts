import {
  type ConnectOptions,
  connect,
  openDisk,
  type ProbeDisk,
  type ProbeSession,
  type ScsiResult,
  testUnitReady,
} from '../../../../conformance/probe/index.js';
import type { SimulatorOptions } from '../../../../simulator/index.js';
import { type Lab, openLab } from '../../../e2e/array-with-volume.js';
import { patience } from '../patterns.js';

export const initiatorName = 'iqn.2026-01.com.example:probe';
export const otherName = 'iqn.2026-01.com.example:other';

/** A simulator, what a client does to it over REST, and initiators that come to its portals. */
export interface Bench extends Lab {
  /** Logs in at the first portal, or the one named. Sessions are closed with the bench. */
  begin(options?: Partial<ConnectOptions> & { readonly at?: number }): Promise<ProbeSession>;
  /** A unit as a disk, in a session of its own. */
  disk(lun: number, options?: Partial<ConnectOptions> & { readonly at?: number }): Promise<ProbeDisk>;
  /** The first portal of a controller, 'A' or 'B'. */
  portalOf(label: string): number;
  /** A volume that is mapped to a host of the initiator, which is made when it is not there yet. */
  mapped(name: string, options?: { readonly gib?: number; readonly thin?: boolean }): Promise<MappedVolume>;
}

interface MappedVolume {
  readonly id: string;
  readonly wwn: string;
  readonly lun: number;
  readonly mappingId: string;
  readonly hostId: string;
}

export async function openBench(options: SimulatorOptions = {}): Promise<Bench> {
  const lab = await openLab(options);
  const open: ProbeSession[] = [];
  let hostId: string | undefined;
  const bench: Bench = {
    ...lab,
    async begin({ at = 0, ...rest } = {}) {
      const portal = lab.simulator.iscsi[at]?.portal ?? '';
      const session = await connect({ portal, targetName: lab.iqn, initiatorName, patience, ...rest });
      open.push(session);
      return session;
    },
    disk: async (lun, wanted) => openDisk(await bench.begin(wanted), lun),
    portalOf(label) {
      const { array } = lab.simulator;
      const controller = array.controllers.list().find((each) => each.label === label);
      return array.iscsiTarget.ports().findIndex((port) => port.controllerRef === controller?.ref);
    },
    async mapped(name, { gib = 1, thin = false } = {}) {
      hostId ??= await lab.host('probe', [initiatorName]);
      const { id, wwn } = await lab.volume(name, gib, thin);
      const mapping = await lab.map(id, hostId);
      return { id, wwn, lun: mapping.lun, mappingId: mapping.id, hostId };
    },
    async close() {
      for (const session of open.splice(0)) session.close();
      await lab.close();
    },
  };
  return bench;
}

/** What a unit has to tell is told and forgotten: sense codes like '29/00'. */
export async function drained(session: ProbeSession, lun: number): Promise<string[]> {
  const told: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const { status, sense } = await session.execute(testUnitReady(lun));
    if (status !== 2 || sense?.key !== 6) break;
    told.push(codeOf(sense.asc, sense.ascq));
  }
  return told;
}

/** How a command ended: 'good', 'conflict', another status, or sense like '5/24/00'. */
export function endOf({ status, sense }: ScsiResult): string {
  if (status === 0) return 'good';
  if (status === 0x18) return 'conflict';
  return sense === undefined
    ? `status ${status.toString(16)}`
    : `${sense.key.toString(16)}/${codeOf(sense.asc, sense.ascq)}`;
}

function codeOf(asc: number, ascq: number): string {
  return [asc, ascq].map((code) => code.toString(16).padStart(2, '0')).join('/');
}
