/** An initiator as a TransportID names it: a port, or (without ISID) all ports of the initiator. */
export interface InitiatorName {
  readonly initiatorName: string;
  /** 12 hex digits, lower case. */
  readonly isid: string | undefined;
}

const protocolIscsi = 0x05;
const formatPort = 0x40;

/** The iSCSI TransportID of an initiator port (source: SPC-4, 7.6.4.6). */
export function transportIdOf({ initiatorName, isid }: { initiatorName: string; isid: string }): Buffer {
  const text = Buffer.from(`${initiatorName},i,0x${isid}\0`, 'utf8');
  const padded = Math.max(20, Math.ceil(text.length / 4) * 4);
  const bytes = Buffer.alloc(4 + padded);
  bytes[0] = formatPort | protocolIscsi;
  bytes.writeUInt16BE(padded, 2);
  bytes.set(text, 4);
  return bytes;
}

/** Reads one TransportID and tells how many bytes it took; undefined when it is none of iSCSI. */
export function parseTransportId(data: Buffer): { readonly name: InitiatorName; readonly bytes: number } | undefined {
  if (data.length < 24 || (data.readUInt8(0) & 0x0f) !== protocolIscsi) return undefined;
  const bytes = 4 + data.readUInt16BE(2);
  if (bytes < 24 || bytes > data.length || bytes % 4 !== 0) return undefined;
  const text = data.subarray(4, bytes).toString('utf8');
  const end = text.indexOf('\0');
  if (end < 1) return undefined;
  const named = text.slice(0, end);
  if ((data.readUInt8(0) & 0xc0) === 0) return { name: { initiatorName: named.toLowerCase(), isid: undefined }, bytes };
  const match = /^(.+),i,0x([0-9a-f]{1,12})$/i.exec(named);
  const [, initiatorName, isid] = match ?? [];
  if ((data.readUInt8(0) & 0xc0) !== formatPort || initiatorName === undefined || isid === undefined) return undefined;
  return {
    name: { initiatorName: initiatorName.toLowerCase(), isid: isid.toLowerCase().padStart(12, '0') },
    bytes,
  };
}
