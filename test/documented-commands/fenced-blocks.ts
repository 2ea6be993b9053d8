import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of a page. */
export interface FencedBlock {
  /** The page, from the top of the repository. */
  readonly page: string;
  /** Where the block begins, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The pages of the repository for readers. */
export function pages(): string[] {
  const below = ['driver', 'conformance', 'docs', 'scenarios', 'simulator'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return ['README.md', 'CONTRIBUTING.md', ...below.filter((file) => file.endsWith('.md'))].sort();
}

/** The fenced blocks of a page, in their order. */
export function fencedBlocks(page: string, text = readFileSync(join(root, page), 'utf8')): FencedBlock[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((found) => ({
    page,
    line: text.slice(0, found.index).split('\n').length,
    language: found[1] ?? '',
    text: found[2] ?? '',
  }));
}

/** What a reader types of a block: one script where its lines build on each other, otherwise each line for itself. */
export function commandsOf({ text }: FencedBlock): string[] {
  if (/^\w+=|\(\) \{|^(for|until|while) /m.test(text)) return [text];
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}
