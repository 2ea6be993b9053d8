import { gzipSync } from 'node:zlib';

interface ArchivedFile {
  readonly name: string;
  readonly content: string;
  readonly timeMs: number;
}

const blockBytes = 512;

/** An archive as `tar -z` makes it (POSIX ustar in gzip), the same bytes for the same files. */
export function tarGz(files: readonly ArchivedFile[]): Buffer {
  const parts = files.flatMap((file) => {
    const content = Buffer.from(file.content);
    const padding = Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes);
    return [header(file, content.length), content, padding];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * blockBytes)]));
}

/** The header of a file: fixed fields of text, numbers in octal, and a sum of its bytes. */
function header({ name, timeMs }: ArchivedFile, size: number): Buffer {
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  const block = Buffer.alloc(blockBytes);
  const fields: readonly [offset: number, text: string][] = [
    [0, name.slice(0, 99)],
    [100, octal(0o644, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(size, 11)],
    [136, octal(Math.floor(timeMs / 1000), 11)],
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\0'],
    [263, '00'],
  ];
  for (const [offset, text] of fields) block.write(text, offset, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
