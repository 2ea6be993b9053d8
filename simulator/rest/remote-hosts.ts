/**
 * Whether a server that settings name answers. The simulator connects to none: it takes each for reachable but those
 * below the top-level domain `invalid`, which has no hosts (RFC 2606), so that tests see a failure too.
 */
export function isReachable(hostOrUrl: string): boolean {
  const host = /^(?:\w+:\/\/)?\[?([^/\]:?]*)/.exec(hostOrUrl.trim())?.[1] ?? '';
  return host !== '' && !/(?:^|\.)invalid$/i.test(host);
}
