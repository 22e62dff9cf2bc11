import assert from 'node:assert/strict';
import { type Answer, answerText } from '../../src/architect/answer.ts';

const usage = { input: 1234, output: 56, cacheWritten: 0, cacheRead: 0 };
const asked: Answer = { question: 'What is open?\n![x](y)', sent: 'your question', to: 'Anthropic', text: '' };
const complete = { how: 'complete', text: '', model: 'claude-sonnet-5-5', usage } as const;

describe('the text of an answer', () => {
  it('says what was asked and sent, and that it waits', () => {
    assert.equal(
      answerText({ ...asked, counted: 1840 }),
      '# Ask the Architect\n\n> What is open?\n> !\\[x](y)\n\nSent to Anthropic: your question (1,840 tokens).\n\n---\n\nWaiting for Anthropic …\n',
    );
    assert.match(answerText({ ...asked, waits: 'It is tried again …' }), /It is tried again …\n$/);
    assert.match(answerText({ ...asked, text: 'Half' }), /Half\n\n…\n$/);
  });
  it('ends with what it cost, the session with it', () => {
    const cached = { ...usage, cacheRead: 1000 };
    const text = answerText({ ...asked, text: 'Done.', ending: complete, total: { questions: 2, usage: cached } });
    assert.match(
      text,
      /claude-sonnet-5-5: 1,234 tokens in, 56 out\.\n\nThis session, 2 questions: 1,234 tokens in, 56 out, cache 0 written, 1,000 read\./,
    );
  });
  it('marks what is incomplete, and closes the block that was cut', () => {
    const text = answerText({ ...asked, text: '```sql\nALTER', ending: { how: 'cancelled', text: 'Cancelled.' } });
    assert.match(text, /```sql\nALTER\n```\n\n---\n\n\*\*Incomplete\.\*\* Cancelled\./);
  });
  it('says of every block what was found, or that it was not checked', () => {
    const text = answerText({
      ...asked,
      ending: complete,
      checks: [
        { what: 'SQL', findings: [{ line: 2, rule: 'sql/syntax', message: 'It stops <here>' }], notAnalysed: [] },
        { what: 'SQL', findings: [], notAnalysed: ['Too long.'] },
        { what: 'API description', refusal: 'It is no whole API description.', findings: [], notAnalysed: [] },
      ],
      unchecked: ['ts'],
    });
    assert.match(text, /Block 1, SQL: 1 finding\. Repair them.*\n- Line 2: It stops \\<here> \(sql\/syntax\)/);
    assert.match(text, /Block 2, SQL: no findings\.\n- Not checked: Too long\./);
    assert.match(text, /Not checked: Block 3, API description\. It is no whole/);
    assert.match(text, /Not checked, neither a migration nor an API description: ts\./);
    assert.match(answerText({ ...asked, ending: complete, checking: true }), /being checked by our rules/);
  });
});
