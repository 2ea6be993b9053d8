import { encodeLun, makePdu, type ProbeSession, type Watch, write16 } from '../../../../conformance/probe/index.js';

/** A write of blocks from 0 on whose data is the caller's to send: the target asks for it, and waits. */
export function startWrite(
  session: ProbeSession,
  lun: number,
  blocks: number,
): { readonly itt: number; readonly cmdSn: number; readonly lun: Buffer; readonly watch: Watch } {
  const itt = session.raw.newTag();
  const watch = session.raw.watch(itt);
  const { cmdSn, expStatSn } = session.raw.numbers();
  const { cdb } = write16(lun, { lba: 0n, blocks }, Buffer.alloc(0));
  session.raw.send(
    makePdu('scsi-command', {
      cmdSn,
      expStatSn,
      final: true,
      write: true,
      lun: encodeLun(lun),
      itt,
      expectedBytes: blocks * 512,
      cdb: Buffer.from(cdb),
    }),
  );
  return { itt, cmdSn, lun: encodeLun(lun), watch };
}

/** All that was asked for, in one Data-Out. */
export function sendData(session: ProbeSession, itt: number, ttt: number, data: Buffer): void {
  session.raw.send(makePdu('data-out', { final: true, itt, ttt, dataSn: 0, offset: 0, data }));
}
