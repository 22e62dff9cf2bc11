import assert from 'node:assert/strict';
import { habitFrom, habitual } from '../../../src/core/openapi/habit.ts';
import { bare, listed, majority, restyle, singular, styleOf, wordsOf } from '../../../src/core/openapi/names.ts';
import { pagingOf } from '../../../src/core/openapi/pagination.ts';

describe('Names', () => {
  it('tells how words are joined', () => {
    const styles = [
      'orders',
      'orderLines',
      'order_lines',
      'order-lines',
      '3d_secure',
      'OrderLines',
      'API',
      'order-Lines_x',
    ].map(styleOf);
    assert.deepEqual(styles, [
      'plain',
      'camelCase',
      'snake_case',
      'kebab-case',
      'snake_case',
      'PascalCase',
      'UPPER_CASE',
      'mixed',
    ]);
  });
  it('finds the words and joins them again', () => {
    assert.deepEqual(wordsOf('userIdOfHTTPCalls'), ['user', 'id', 'of', 'http', 'calls']);
    assert.equal(restyle('orderLines', 'kebab-case'), 'order-lines');
    assert.equal(restyle('order-lines', 'camelCase'), 'orderLines');
    assert.equal(restyle('OrderLines', 'snake_case'), 'order_lines');
    assert.equal(bare('page[size]'), bare('pageSize'));
  });
  it('names one of many', () => {
    assert.deepEqual(['orders', 'companies', 'addresses', 'status', 'boxes', 'news'].map(singular), [
      'order',
      'company',
      'address',
      'status',
      'box',
      'news',
    ]);
  });
  it('prefers one style where two are equally frequent', () => {
    const counts = new Map([
      ['snake_case', 2],
      ['kebab-case', 2],
    ] as const);
    assert.equal(majority(counts, 'kebab-case'), 'kebab-case');
    assert.equal(majority(counts, 'snake_case'), 'snake_case');
    assert.equal(majority(new Map(), 'snake_case'), undefined);
  });
  it('lists the first of many', () => {
    assert.equal(listed(['a']), 'a');
    assert.equal(listed(['a', 'b', 'c']), 'a, b and c');
    assert.equal(listed(['a', 'b', 'c', 'd']), 'a, b and 2 more');
  });
  it('knows the spellings of paging', () => {
    for (const name of ['limit', 'per_page', 'page_size', 'pageSize', '$top', 'first', 'page[limit]'])
      assert.equal(pagingOf(name), 'size', name);
    for (const name of ['cursor', 'offset', 'page', 'starting_after', 'marker', 'after', 'pageToken', '$skip'])
      assert.equal(pagingOf(name), 'position', name);
    for (const name of ['state', 'q', 'sort']) assert.equal(pagingOf(name), undefined, name);
  });
});

describe('A habit', () => {
  const problems = Array.from({ length: habitFrom + 1 }, (_, index) => ({
    piece: `/p${index}`,
    at: { start: index, end: index + 1 },
    message: `m${index}`,
  }));
  it('is told once, with places', () => {
    const [only, ...others] = habitual(problems, 'cause', (count) => `${count} of them`);
    assert.equal(others.length, 0);
    assert.equal(only?.message, `${habitFrom + 1} of them`);
    assert.equal(only.related?.length, habitFrom);
  });
  it('is more than a few', () => {
    assert.equal(habitual(problems.slice(1), 'cause', String).length, habitFrom);
    assert.deepEqual(habitual([], 'cause', String), []);
  });
});
