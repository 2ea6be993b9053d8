import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutText,
  decodeBinary,
  decodeNumber,
  decodePairs,
  encodeBinary,
  encodePairs,
} from '../../../conformance/probe/text-keys.js';

describe('text keys', () => {
  it('end with a NUL each', () => {
    const text = encodePairs([
      ['InitiatorName', 'iqn.2026-01.com.example:one'],
      ['AuthMethod', 'CHAP,None'],
    ]);
    expect(text.toString('latin1')).toBe('InitiatorName=iqn.2026-01.com.example:one\0AuthMethod=CHAP,None\0');
  });

  it('may have = in the value, and an empty value', () => {
    expect(decodePairs(Buffer.from('a=b=c\0d=\0'))).toEqual([
      ['a', 'b=c'],
      ['d', ''],
    ]);
    expect(decodePairs(Buffer.alloc(0))).toEqual([]);
  });

  it.each(['a=b', 'a\0', '=b\0', `${'k'.repeat(64)}=v\0`])('that are none are refused: %j', (text) => {
    expect(() => decodePairs(Buffer.from(text))).toThrow(SyntaxError);
  });

  it('are the same after being cut and joined', () => {
    const pair = fc.tuple(fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/), fc.stringMatching(/^[ -~]{0,40}$/));
    fc.assert(
      fc.property(fc.array(pair), fc.integer({ min: 1, max: 50 }), (pairs, bytes) => {
        const pieces = cutText(encodePairs(pairs), bytes);
        expect(pieces.every((piece) => piece.length <= bytes)).toBe(true);
        expect(decodePairs(Buffer.concat(pieces))).toEqual(pairs);
      }),
    );
  });
});

describe('values', () => {
  it('are binary in hexadecimal and base64', () => {
    const bytes = Buffer.from('00ff10', 'hex');
    expect(encodeBinary(bytes, 'hex')).toBe('0x00ff10');
    expect(encodeBinary(bytes, 'base64')).toBe('0bAP8Q');
    expect([decodeBinary('0x00ff10'), decodeBinary('0X00FF10'), decodeBinary('0bAP8Q')]).toEqual([bytes, bytes, bytes]);
    expect(decodeBinary('0xf')).toEqual(Buffer.of(15));
    for (const text of ['', '0x', '0xzz', '0b', '1234', '0b*']) expect(() => decodeBinary(text)).toThrow(SyntaxError);
  });

  it('are numbers, decimal or hexadecimal', () => {
    expect([decodeNumber('262144'), decodeNumber('0x40000')]).toEqual([262144, 262144]);
    for (const text of ['', '-1', '1.5', 'x', '1 ']) expect(() => decodeNumber(text)).toThrow(SyntaxError);
  });
});
