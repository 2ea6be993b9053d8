/** Time that was advanced for programs that waited without saying so. */
export interface GivenTime {
  readonly times: number;
  readonly milliseconds: number;
}

/** What reports say of it: nothing where there was none. */
export function givenNotes({ times, milliseconds }: GivenTime): string[] {
  if (times === 0) return [];
  const seconds = Math.round(milliseconds / 100) / 10;
  return [`time was advanced for the program ${times} ${times === 1 ? 'time' : 'times'}, ${seconds} s in all`];
}
