import { isIP } from 'node:net';

/** An IPv6 address as the array writes it: 32 hex digits. */
export function ipv6Digits(text: string): string {
  const [left = '', right] = text.split('%', 1)[0]?.split('::') ?? [];
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [head, tail] = [groups(left), groups(right ?? '')];
  const zeros = Array.from({ length: right === undefined ? 0 : 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0').toUpperCase()).join('');
}

/** Whether text is an IPv4 address in four decimal parts. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** Whether text is an IPv6 address, with colons or as the array writes it. */
export function isIpv6(text: string): boolean {
  return isIP(text) === 6 || /^[0-9A-F]{32}$/i.test(text);
}

/** Whether text is an IPv4 netmask: ones, then zeros. */
export function isNetmask(text: string): boolean {
  if (!isIpv4(text)) return false;
  const bits = text
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1+0*$/.test(bits);
}
