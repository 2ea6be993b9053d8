import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fencedBlocks, root } from './fenced-blocks.js';

/** Stands in for a program of the reader: it hands over to the driver of this package. */
const subject = `import os

os.execvp("npx", ["npx", "eseries-driver", "--stdio"])
`;

/** Writes what a reader has beside the commands: what pages say to save, and a driver of one's own. */
export function writeReaderFiles(folder: string, port: string): void {
  const story = fencedBlocks('README.md').find(({ language, text }) => language === 'yaml' && text.includes('steps:'));
  const configuration = fencedBlocks(join('driver', 'README.md')).find(({ language }) => language === 'ini');
  if (story === undefined || configuration === undefined)
    throw new Error('README.md has no story, or driver/README.md no cinder.conf.');
  writeFileSync(join(folder, 'story.yaml'), story.text);
  writeFileSync(join(folder, 'cinder.conf'), configuration.text.replace('= 8080', `= ${port}`));
  writeFileSync(join(folder, 'my_subject.py'), subject);
  const python = join(root, 'test', 'conformance', 'subjects');
  mkdirSync(join(folder, 'package'), { recursive: true });
  const driver = readFileSync(join(python, 'fake_driver.py'), 'utf8');
  writeFileSync(join(folder, 'package', 'module.py'), `${driver}\n\nClass = FakeDriver\n`);
  const program = join(root, 'conformance', 'subjects', 'python');
  copyFileSync(join(program, 'cinder_subject.py'), join(folder, 'cinder_subject.py'));
  cpSync(join(program, 'eseries_subject'), join(folder, 'eseries_subject'), { recursive: true });
}
