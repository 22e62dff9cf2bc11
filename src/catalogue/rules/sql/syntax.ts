import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'sql/syntax',
  dialect: 'sql',
  severity: 'error',
  evidences: ['handoff/migrations-tested'],
  requirements: ['R001-061', 'R004-009'],
  equivalents: ['squawk:syntax-error', 'sqlfluff:PRS'],
  says: 'Write statements that PostgreSQL can read.',
  why: 'PostgreSQL refuses the whole message at the first statement it cannot read, so the migration stops there, or does not start at all. The parser here is PostgreSQL 18’s own.',
  bad: [
    `ALTER TABLE users ADD COLUM nickname text;
--                                   ^^^^ error: The migration stops here: syntax error at or near "text"
`,
    `CREATE TABLE teams (id uuid PRIMARY KEY
-- no closing bracket
);
INSERT INTO users (email) VALUES ('ann@example.org);
--                                ^ error: The migration stops here: unterminated quoted string
`,
    `ALTER TABLE users ADD COLUMN nickname text
--                                       ^ error: The migration stops here: a semicolon is missing here
ALTER TABLE users ADD COLUMN bio text;
`,
  ],
  good: [
    `ALTER TABLE users ADD COLUMN nickname text;
`,
    `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  NEW.updated_at := now(); RETURN NEW;
END
$body$;
`,
  ],
  inDowns: true,
  visit: {
    *brokenStatement({ message, at }) {
      yield { at, message: `The migration stops here: ${message}` };
    },
  },
});
