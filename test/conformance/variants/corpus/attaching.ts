import { change, type Variant } from '../variant.js';

const lowestLun = `    for (let lun = 1; lun <= lastLun; lun++) if (!used.has(lun)) return lun;
`;

/** Connections: LUNs, portals, hosts, CHAP. */
export const attachingVariants: readonly Variant[] = [
  {
    id: 'highest-free-lun',
    why: 'LUNs 1 to 255 are equal (B24): a driver may begin at the top.',
    changes: [
      change(
        'mapper.ts',
        lowestLun,
        `    for (let lun = lastLun; lun >= 1; lun--) if (!used.has(lun)) return lun;
`,
      ),
    ],
  },
];
