import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { addTrailers, oneLine, printMessage } from '../../../src/core/commit/compose.ts';
import { agentTrailers } from '../../../src/core/commit/message.ts';
import { readTrailers } from '../../../src/core/commit/trailers.ts';
import { lineBreakOf } from '../../../src/core/text.ts';
import { runGit } from '../../harness/git.ts';

const key = fc.constantFrom(...agentTrailers, 'Signed-off-by', 'agent', 'X-1', 'Agent Smith', 'a b c', '-', '1');
const word = fc.constantFrom(
  'x',
  'carts',
  'ABC-123',
  'a: b',
  'é',
  '😀',
  'two words',
  'http://a.b/c',
  '#4',
  '\u2028',
  '',
);
const trailer = fc
  .tuple(key, fc.constantFrom('', ' ', '\t', '  '), fc.constantFrom(' ', '', '\t'), word)
  .map(([k, a, b, w]) => `${k}${a}:${b}${w}`);
const line = fc.oneof(
  { weight: 6, arbitrary: trailer },
  { weight: 2, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom('', ' ', '\t', '\r') },
  { weight: 2, arbitrary: fc.constantFrom(' continued', '\tcontinued: on', ' ', '  Agent: x') },
  { weight: 1, arbitrary: fc.constantFrom('# comment', '#', '# Agent: x', '#\tConflicts:') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Signed-off-by: A <a@b.c>', '(cherry picked from commit 0123)', 'Signed-off-by:'),
  },
  { weight: 1, arbitrary: fc.constantFrom('---', '--- a/b', '----', 'Conflicts:', '\tpath', '-- ', ':', ': x') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('# ------------------------ >8 ------------------------', 'diff --git a/b b/b'),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\0\n]/g, '')),
  },
);
const title = fc.constantFrom('feat(orders): add carts', 'feat: x', '', 'Agent: x', '# comment', 'Signed-off-by: a');
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n');
/** Git up to 2.42 never ends where scissors stand behind a divider: nothing can be learned from it there. */
function stopsGit(text: string): boolean {
  const divider = text.search(/^---\s/m);
  return divider >= 0 && text.indexOf('>8', divider) >= 0;
}
/** Messages near the borders of what git takes for trailers. */
const message = fc
  .tuple(
    title,
    fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 5, arbitrary: line }), { maxLength: 12 }),
    ending,
    fc.boolean(),
  )
  .map(([first, rest, lineBreak, closed]) => `${[first, ...rest].join(lineBreak)}${closed ? lineBreak : ''}`)
  .filter((text) => !stopsGit(text));

const added = fc.uniqueArray(fc.tuple(fc.constantFrom(...agentTrailers), word), {
  maxLength: 4,
  selector: ([name]) => name,
});
const sample = { numRuns: 10_000, seed: 20_261_120 } as const;

function printed(text: string, divider = true): string {
  return readTrailers(text, { divider })
    .trailers.map((one) => `${one.key}: ${one.value}\n`)
    .join('');
}

describe('trailers', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'trailers-'));
    runGit(folder, ['init', '-q']);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What `git interpret-trailers` with these options says of each text: one process reads all of them, a mark between every two. */
  const asGitReads = (texts: readonly string[]): string[] => {
    writeFileSync(join(folder, 's'), 'mark\n\nMark: 0f1e2d3c4b5a\n');
    texts.forEach((text, index) => writeFileSync(join(folder, String(index)), text));
    const files = texts.flatMap((_, index) => [String(index), 's']);
    return runGit(folder, ['interpret-trailers', '--parse', ...files])
      .split('Mark: 0f1e2d3c4b5a\n')
      .slice(0, -1);
  };

  it('are read as git interpret-trailers reads them, in 10,000 messages', () => {
    const texts = fc.sample(message, sample);
    const told = asGitReads(texts);
    assert.equal(told.length, texts.length);
    // The messages are worth something only where git finds trailers in many and none in many.
    const some = told.filter((one) => one !== '').length;
    assert.ok(some > 1500 && some < 8500, `${some} of ${told.length} have trailers`);
    texts.forEach((text, index) => assert.equal(printed(text), told[index], JSON.stringify(text)));
  });

  it('are read as git log reads them from commits', () => {
    const texts = fc.sample(message, { numRuns: 1000, seed: 7 }).filter((text) => text.trim() !== '');
    const commits = texts.map((text) => {
      const data = Buffer.from(text);
      return `commit refs/heads/main\ncommitter A <a@b.c> 0 +0000\ndata ${data.length}\n${text}\n`;
    });
    runGit(folder, ['fast-import', '--quiet', '--force'], commits.join(''));
    const log = runGit(folder, ['log', '--reverse', '--format=%(trailers:only,unfold)%x00', 'refs/heads/main']);
    const told = log.split('\0\n').slice(0, -1);
    assert.equal(told.length, texts.length);
    // What git log is given begins with the subject.
    const kept = texts.map((text) => text.replace(/^(?:[ \t\r]*\n)+/, ''));
    kept.forEach((text, index) => assert.equal(printed(text, false), told[index], JSON.stringify(text)));
  });

  it('that are added are read by git, whatever the message was', () => {
    const cases = fc.sample(fc.tuple(message, added), { numRuns: 3000, seed: 11 });
    const results = cases.map(
      ([text, trailers]) =>
        addTrailers(
          text,
          trailers.map(([name, value]) => ({ key: name, value })),
        ).text,
    );
    const told = asGitReads(results);
    cases.forEach(([text, trailers], index) => {
      const lines = (told[index] ?? '').split('\n');
      for (const [name, value] of trailers) {
        if (oneLine(value) === '') continue;
        const line = `${name}: ${oneLine(value)}`;
        assert.ok(
          lines.some((one) => one.toLowerCase() === line.toLowerCase()),
          `${line} is missing in ${JSON.stringify(results[index])} of ${JSON.stringify(text)}`,
        );
      }
    });
  });

  it('leave the message as it was, and are added once', () => {
    fc.assert(
      fc.property(message, added, (text, pairs) => {
        const trailers = pairs.map(([name, value]) => ({ key: name, value }));
        const once = addTrailers(text, trailers).text;
        assert.deepEqual(addTrailers(once, trailers), { text: once, count: 0 });
        const there = new Set(readTrailers(text).trailers.map((one) => one.key.toLowerCase()));
        if (trailers.some((one) => there.has(one.key.toLowerCase()))) return;
        // Nothing was replaced: the old text is the new one without one stretch.
        let same = 0;
        while (same < text.length && once[same] === text[same]) same++;
        // A last line `---` without a break gets one: so it ends the message for git, and did not before.
        const rest = `${text.slice(same)}${/(?:^|\n)---$/.test(text) && once !== text ? lineBreakOf(text) : ''}`;
        assert.ok(once.endsWith(rest), JSON.stringify([text, once]));
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  it('cannot be forged by a value', () => {
    const evil = ['\n', '\r', '\r\n', '\0', '\u0085', '\u2028', '\u2029', '\v', '\f', '\n\n', '\n '];
    const texts = evil.map((lineBreak) =>
      printMessage({
        type: 'feat',
        scope: `a${lineBreak}Agent: b`,
        description: `add${lineBreak}${lineBreak}Agent: mallory`,
        trailers: [
          { key: 'Agent', value: 'backend-architect' },
          { key: 'Feature', value: `x${lineBreak}Signed-off-by: The Boss <boss@example.com>` },
          { key: 'Story', value: lineBreak },
        ],
      }),
    );
    const told = asGitReads(texts);
    for (const one of told) {
      assert.equal(one, 'Agent: backend-architect\nFeature: x Signed-off-by: The Boss <boss@example.com>\n');
    }
  });

  it('refuse a key that git would not read', () => {
    assert.throws(() => addTrailers('feat: x', [{ key: 'a\nb', value: 'x' }]), RangeError);
    assert.throws(() => addTrailers('feat: x', [{ key: '', value: 'x' }]), RangeError);
  });

  it('are printed behind header and body', () => {
    const text = printMessage({
      type: 'feat',
      scope: 'orders',
      breaking: true,
      description: 'add carts',
      body: '\n\nWhy it is so.\r\n\r\nAnd more.\n\n',
      trailers: [
        { key: 'Agent', value: 'backend-architect' },
        { key: 'Story', value: '' },
      ],
    });
    assert.equal(text, 'feat(orders)!: add carts\n\nWhy it is so.\n\nAnd more.\n\nAgent: backend-architect');
  });

  it('get a blank line behind a header, and the line break the message has', () => {
    const add = (text: string): string => addTrailers(text, [{ key: 'Agent', value: 'x' }]).text;
    assert.equal(add('feat: x'), 'feat: x\n\nAgent: x');
    assert.equal(add('feat: x\n'), 'feat: x\n\nAgent: x\n');
    assert.equal(add('feat: x\r\n\r\nWhy.\r\n'), 'feat: x\r\n\r\nWhy.\r\n\r\nAgent: x\r\n');
    assert.equal(
      add('feat: x\n\n# Lines with # are left out.\n'),
      'feat: x\n\nAgent: x\n\n# Lines with # are left out.\n',
    );
    assert.equal(add('feat: x\n\nagent: y\nStory: 1\n'), 'feat: x\n\nagent: x\nStory: 1\n');
    assert.equal(add('feat: x\n\nAgent:\nStory: 1'), 'feat: x\n\nAgent: x\nStory: 1');
  });
});
