/** How many, with the plural where there is not just one: '1 check', '2 checks', '0 stories'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many checks were left: '1 check was not begun', '5 of 5 checks were not begun'. */
export function notBegun(count: number, of?: number): string {
  const checks = of === undefined ? counted(count, 'check') : `${count} of ${counted(of, 'check')}`;
  return `${checks} ${count === 1 ? 'was' : 'were'} not begun`;
}
