import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChapAlgorithm, chapAlgorithms, chapResponse, sameResponse } from '../../../conformance/probe/chap.js';

describe('a CHAP response', () => {
  it.each<[ChapAlgorithm, number, number]>([
    ['md5', 5, 16],
    ['sha1', 6, 20],
    ['sha256', 7, 32],
    ['sha3-256', 8, 32],
  ])(
    'by %s has number %i and %i bytes, over identifier, secret and challenge in that order',
    (name, number, length) => {
      const response = chapResponse(name, 1, 'secret', Buffer.from('challenge'));
      expect(chapAlgorithms[name]).toBe(number);
      expect(response).toHaveLength(length);
      expect(response).toEqual(createHash(name).update('\x01secretchallenge').digest());
      expect(sameResponse(response, Buffer.from(response))).toBe(true);
      expect(sameResponse(response, response.subarray(1))).toBe(false);
    },
  );
});
