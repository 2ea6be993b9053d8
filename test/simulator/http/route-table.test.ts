import { describe, expect, it } from 'vitest';
import { RouteTable } from '../../../simulator/http/route-table.js';

function table() {
  const routes = new RouteTable<string>();
  routes.add('GET', '/a', 'root');
  routes.add('GET', '/a/:first', 'one');
  routes.add('POST', '/a/:other/b', 'two');
  routes.add('GET', '/a/special/b', 'literal');
  routes.add('GET', '/a/:x/b/:y', 'both');
  routes.add('GET', '/a/:x/forward/*', 'rest');
  return routes;
}

describe('the route table', () => {
  it('names the variable parts as each route calls them', () => {
    expect(table().find('GET', '/a/1')).toEqual({ handler: 'one', params: { first: '1' } });
    expect(table().find('POST', '/a/1/b')).toEqual({ handler: 'two', params: { other: '1' } });
    expect(table().find('GET', '/a/1/b/2')).toEqual({ handler: 'both', params: { x: '1', y: '2' } });
  });

  it('prefers literal parts and comes back to variable ones where they lead nowhere', () => {
    expect(table().find('GET', '/a/special/b')?.handler).toBe('literal');
    expect(table().find('GET', '/a/special/b/9')).toEqual({ handler: 'both', params: { x: 'special', y: '9' } });
  });

  it('does not mind double and trailing slashes', () => {
    expect(table().find('GET', '//a///1/')?.params).toEqual({ first: '1' });
  });

  it('gives the rest of a path as *', () => {
    expect(table().find('GET', '/a/1/forward/x/y')?.params).toEqual({ x: '1', '*': 'x/y' });
  });

  it('finds nothing for other methods and paths', () => {
    expect(table().find('DELETE', '/a/1')).toBeUndefined();
    expect(table().find('GET', '/b')).toBeUndefined();
  });
});
