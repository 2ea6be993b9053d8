import { change, type Variant } from '../variant.js';

const encoded = "return base32nopad.encode(Buffer.from(digits, 'hex'));";
const pattern = 'if (!/^[A-Z2-7]{26}$/.test(label)) return undefined;';
const decoded = "const digits = Buffer.from(base32nopad.decode(label)).toString('hex');";

/** Labels of volumes, groups and what is made for a while. */
export const labelVariants: readonly Variant[] = [
  {
    id: 'labels-in-base-36',
    why: 'How a label is made of an id is the driver’s own affair: it has to be unique and no longer than 30 characters.',
    changes: [
      change('labels.ts', encoded, "return BigInt(`0x${digits}`).toString(36).padStart(26, '0');"),
      change('labels.ts', pattern, 'if (!/^[0-9a-z]{26}$/.test(label)) return undefined;'),
      change(
        'labels.ts',
        decoded,
        "const value = [...label].reduce((sum, each) => sum * 36n + BigInt(parseInt(each, 36)), 0n);\n    if (value >= 1n << 128n) return undefined;\n    const digits = value.toString(16).padStart(32, '0');",
      ),
    ],
  },
  {
    id: 'labels-with-a-prefix-in-base-64',
    why: 'A prefix tells an administrator whose volumes these are; 26 characters fit into a label.',
    changes: [
      change('labels.ts', encoded, "return `os--${Buffer.from(digits, 'hex').toString('base64url')}`;"),
      change('labels.ts', pattern, 'if (!/^os--[\\w-]{22}$/.test(label)) return undefined;'),
      change('labels.ts', decoded, "const digits = Buffer.from(label.slice(4), 'base64url').toString('hex');"),
    ],
  },
];
