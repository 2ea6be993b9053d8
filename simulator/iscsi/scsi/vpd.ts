import { blockCharacteristics, blockLimits, logicalBlockProvisioning } from './block-vpd.js';
import type { ItlNexus } from './nexuses.js';
import { rdacPages } from './rdac-vpd.js';
import { invalidField } from './sense.js';
import { thirdPartyCopy } from './third-party-copy-vpd.js';

type PageBody = (itl: ItlNexus) => Buffer;

/** Vital product data by page code, without the four bytes of the header (source: SPC-4, 7.8). */
const commonPages: readonly (readonly [code: number, body: PageBody])[] = [
  [0x80, ({ unit }) => Buffer.from(unit.wwn, 'latin1')],
  [0x83, deviceIdentification],
  [0x85, managementAddresses],
  [0x86, extendedInquiry],
  [0x87, modePagePolicy],
];

const blockPages: readonly (readonly [code: number, body: PageBody])[] = [
  [0x8f, thirdPartyCopy],
  [0xb0, ({ unit }) => blockLimits(unit)],
  [0xb1, ({ unit }) => blockCharacteristics(unit)],
];

/** A page with its header. Throws CheckCondition when the unit has none with that code. */
export function vpdPage(itl: ItlNexus, code: number): Buffer {
  const pages = pagesOf(itl);
  const body = code === 0 ? Buffer.from([0, ...pages.keys()]) : pages.get(code)?.(itl);
  if (body === undefined) throw invalidField(2);
  const header = Buffer.alloc(4);
  header[1] = code;
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** What the unit serves, in ascending order: what is listed must be there. */
function pagesOf({ unit }: ItlNexus): ReadonlyMap<number, PageBody> {
  if (unit.isAccessVolume) return new Map([...commonPages, ...rdacPages]);
  const provisioning: (readonly [number, PageBody])[] = unit.isProvisioned
    ? [[0xb2, () => logicalBlockProvisioning(unit)]]
    : [];
  return new Map([...commonPages, ...blockPages, ...provisioning, ...rdacPages]);
}

/** Who the unit, the port, its group and the target are. */
function deviceIdentification({ unit, attached }: ItlNexus): Buffer {
  const { port, targetName } = attached.nexus;
  return Buffer.concat([
    designator({ codeSet: 1, association: 0, type: 3, value: Buffer.from(unit.wwn, 'hex') }),
    designator({ codeSet: 1, association: 1, type: 4, value: number(port.relativeId) }),
    designator({ codeSet: 1, association: 1, type: 5, value: number(port.groupTag) }),
    designator({ codeSet: 3, association: 1, type: 8, value: name(`${targetName},t,0x${hex4(port.groupTag)}`) }),
    designator({ codeSet: 3, association: 2, type: 8, value: name(targetName) }),
  ]);
}

interface Designator {
  /** 1 binary, 3 UTF-8. */
  readonly codeSet: number;
  /** 0 the logical unit, 1 the target port, 2 the target. */
  readonly association: number;
  readonly type: number;
  readonly value: Buffer;
}

function designator({ codeSet, association, type, value }: Designator): Buffer {
  const isTransport = association !== 0;
  const protocol = isTransport ? 0x50 : 0;
  const header = [protocol | codeSet, (isTransport ? 0x80 : 0) | (association << 4) | type, 0, value.length];
  return Buffer.concat([Buffer.from(header), value]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(value, 2);
  return bytes;
}

/** A SCSI name string: ended by at least one zero byte, in a multiple of four bytes. */
function name(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))]);
}

function hex4(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

/** Where each controller is managed from. */
function managementAddresses({ logicalUnits }: ItlNexus): Buffer {
  const descriptors = logicalUnits.array.controllers.list().map((controller) => {
    const url = Buffer.from(`https://${controller.managementAddress}:8443`, 'latin1');
    const padded = Buffer.concat([url, Buffer.alloc(4 - (url.length % 4))]);
    const header = Buffer.from([0x01, 0, 0, 0]);
    header.writeUInt16BE(padded.length, 2);
    return Buffer.concat([header, padded]);
  });
  return Buffer.concat(descriptors);
}

/** Simple, ordered and head-of-queue tasks; a volatile cache that can be synchronised; attentions cleared by logout. */
function extendedInquiry(): Buffer {
  const body = Buffer.alloc(0x3c);
  body[1] = 0x07;
  body[2] = 0x01;
  body[3] = 0x01;
  return body;
}

/** All mode pages are shared by all initiators. */
function modePagePolicy(): Buffer {
  return Buffer.from([0x3f, 0xff, 0x00, 0x00]);
}
