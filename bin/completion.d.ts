export function completion(
  shell: string,
  command: string,
  words: Readonly<Record<string, readonly string[]>>,
): string | undefined;
