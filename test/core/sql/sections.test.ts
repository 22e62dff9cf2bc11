import assert from 'node:assert/strict';
import { sectionsOf } from '../../../src/core/sql/sections.ts';
import { splitStatements } from '../../../src/core/sql/split.ts';

/** Direction, transaction and statements of each section. */
function read(sql: string): [string, boolean, string[]][] {
  return sectionsOf(sql).sections.map((one) => [
    one.direction,
    one.transaction,
    one.parts.flatMap((part) =>
      splitStatements(sql, part.start, part.end).statements.map((statement) => statement.text),
    ),
  ]);
}

describe('sections by directive comments', () => {
  it('reads goose, even where a section ends without a semicolon', () => {
    const sql = `-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql
-- +goose StatementEnd
SELECT 2
-- +goose Down
DROP FUNCTION f;
`;
    assert.equal(sectionsOf(sql).tool, 'goose');
    assert.deepEqual(read(sql), [
      ['up', true, ['CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql', 'SELECT 2']],
      ['down', true, ['DROP FUNCTION f;']],
    ]);
  });

  it('reads NO TRANSACTION for the whole file', () => {
    assert.deepEqual(read('-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;'), [
      ['up', false, ['SELECT 1;']],
      ['down', false, ['SELECT 2;']],
    ]);
  });

  it('reads dbmate and its transaction:false, section by section', () => {
    const sql = '-- migrate:up transaction:false\r\nSELECT 1;\r\n-- migrate:down\r\nSELECT 2;\r\n';
    assert.equal(sectionsOf(sql).tool, 'dbmate');
    assert.deepEqual(read(sql), [
      ['up', false, ['SELECT 1;']],
      ['down', true, ['SELECT 2;']],
    ]);
  });

  it('reads sql-migrate, node-pg-migrate and tern', () => {
    assert.deepEqual(read('-- +migrate Up notransaction\nSELECT 1;\n-- +migrate Down\nSELECT 2;'), [
      ['up', false, ['SELECT 1;']],
      ['down', true, ['SELECT 2;']],
    ]);
    assert.deepEqual(
      read('-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;').map(([direction]) => direction),
      ['up', 'down'],
    );
    assert.deepEqual(
      read('SELECT 1;\n---- create above / drop below ----\nSELECT 2;').map(([direction]) => direction),
      ['up', 'down'],
    );
    assert.equal(sectionsOf('-- Up Migration\nSELECT 1;').tool, 'node-pg-migrate');
  });

  it('keeps statements apart at Drizzle’s breakpoints', () => {
    const sql = 'CREATE TABLE a ()--> statement-breakpoint\nCREATE TABLE b ()\n--> statement-breakpoint\nSELECT 1';
    assert.deepEqual(read(sql), [['up', true, ['CREATE TABLE a ()', 'CREATE TABLE b ()', 'SELECT 1']]]);
    assert.equal(sectionsOf('SELECT 1;\n--> statement-breakpoint\nSELECT 2;').tool, 'drizzle');
  });

  it('takes linear time for directives with much white space', () => {
    const white = ' '.repeat(200_000);
    assert.equal(sectionsOf(`-- +goose${white}x\u2028Up\nSELECT 1;`).tool, undefined);
    assert.equal(sectionsOf(`-- +goose${white}Up${white}\nSELECT 1;`).tool, 'goose');
    assert.equal(
      sectionsOf(`--${white}-${white}up${white}x\n--${white}migrate:up${white}transaction${white}`).tool,
      'dbmate',
    );
    assert.equal(sectionsOf(`${`${white}x\n`.repeat(20)}--- create above / drop below${white}--x`).tool, undefined);
  });

  it('takes a file without directives as one up section', () => {
    assert.deepEqual(read('-- up and down we go\nSELECT 1;'), [['up', true, ['SELECT 1;']]]);
    assert.deepEqual(read('  \n'), []);
  });
});
