const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes as people read them: '1.5 TiB'. */
export function size(bytes: string | number): string {
  let value = Number(bytes);
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** The time of day of the array, in UTC. */
export function timeOfDay(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}

/** Date and time of the array, in UTC. */
export function dateAndTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** How many, with the plural where there is not just one: '1 volume', '2 volumes', '0 copies'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What one, and what several objects of a table are called: 'volume copy', 'volume copies'. */
export function tableWords(table: string): readonly [one: string, many: string] {
  const many = words(table);
  return [many.replace(/ies$/, 'y').replace(/s$/, ''), many];
}

/** A name of the API in words: 'offlineCtl' is 'offline controller'. */
export function words(name: string): string {
  return name
    .replace(/Ctl\b/, 'Controller')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
