import assert from 'node:assert/strict';
import { componentRef, looksPublic, refTo, templateParameters } from '../../../src/core/openapi/place.ts';
import { closest } from '../../../src/core/openapi/similar.ts';
import { sharedCause } from '../../../src/core/openapi/spread.ts';
import { isClientError, isError, isServerError, isSuccess } from '../../../src/core/openapi/status.ts';

describe('statuses', () => {
  it('are told apart, ranges and default included', () => {
    const all = ['101', '200', '2XX', '302', '404', '4xx', '500', '5XX', 'default', 'x-404', '4040'];
    assert.deepEqual(all.filter(isSuccess), ['101', '200', '2XX', '302']);
    assert.deepEqual(all.filter(isClientError), ['404', '4xx']);
    assert.deepEqual(all.filter(isServerError), ['500', '5XX']);
    assert.deepEqual(all.filter(isError), ['404', '4xx', '500', '5XX', 'default']);
  });
});

describe('closest', () => {
  for (const [wanted, names, found] of [
    ['order-line', ['OrderLine', 'Order'], 'OrderLine'],
    ['Custmer', ['Customer', 'Order'], 'Customer'],
    ['Customer1', ['Customer2', 'Customer3'], undefined],
    ['User', ['user', 'USER'], undefined],
    ['Cat', ['Car'], undefined],
    ['Invoice', [], undefined],
  ] as const) {
    it(`finds ${found ?? 'nothing'} for ${wanted}`, () => assert.equal(closest(wanted, names), found));
  }
});

describe('sharedCause', () => {
  it('is one where most or many lack a thing', () => {
    assert.equal(sharedCause(1, 1, 'a'), undefined);
    assert.equal(sharedCause(3, 6, 'a'), undefined);
    assert.deepEqual(sharedCause(3, 5, 'a'), { cause: 'a' });
    assert.equal(sharedCause(9, 900, 'a'), undefined);
    assert.deepEqual(sharedCause(10, 900, 'a'), { cause: 'a' });
  });
});

describe('places', () => {
  it('are written as references', () => {
    assert.equal(componentRef('schemas', 'a/b~c'), '#/components/schemas/a~1b~0c');
    assert.equal(refTo('/paths/~1100%'), '#/paths/~1100%25');
  });
  it('of template parameters are exact, in quotes too, and the whole key where it has escapes', () => {
    const path = '/users/{id}/{name}.{ext}';
    const at = (start: number, length: number): unknown[] =>
      templateParameters(path, { start, end: start + length }).map((one) => [one.name, one.at.start, one.at.end]);
    assert.deepEqual(at(2, path.length), [
      ['id', 9, 13],
      ['name', 14, 20],
      ['ext', 21, 26],
    ]);
    assert.deepEqual(at(2, path.length + 2)[0], ['id', 10, 14]);
    assert.deepEqual(at(2, path.length + 9)[0], ['id', 2, path.length + 11]);
  });
  it('are public by nature only without parameters', () => {
    assert.deepEqual(
      [
        '/health',
        '/v1/healthz',
        '/login',
        '/.well-known/jwks.json',
        '/orders/{id}/status',
        '/users',
        '/delivery',
      ].filter(looksPublic),
      ['/health', '/v1/healthz', '/login', '/.well-known/jwks.json'],
    );
  });
});
