import assert from 'node:assert/strict';
import { checklistItems } from '../../src/catalogue/checklists/all.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import type { Review, ReviewItem } from '../../src/core/review.ts';
import { judgeEvidence } from '../../src/workflow/evidence/judge.ts';
import { commandsOf, type ReviewCommand } from '../../src/workflow/review/commands.ts';
import { exportReview } from '../../src/workflow/review/export.ts';
import { tasksIn } from '../../src/workflow/review/facts.ts';
import { review } from '../../src/workflow/review/review.ts';
import { finding, material, run, stored, word, world } from './review-world.ts';

function itemOf({ checklists }: Review, id: string): ReviewItem {
  const item = checklists.flatMap(({ items }) => items).find((one) => one.id === id);
  assert.ok(item, id);
  return item;
}

const bare = material({ documents: [], files: [], commands: new Map() });

describe('review', () => {
  for (const { id } of checklistItems) {
    it(`ticks nothing by itself: ${id}`, () => {
      const item = itemOf(review({ ...bare, files: ['migrations/x.ts'] }), id);
      assert.equal(item.state, 'unshown');
      assert.ok(item.actions.length > 0);
    });
  }

  it('is never ready without a document', () => {
    const none = review(bare);
    assert.deepEqual(
      none.checklists.map(({ ready, verdict }) => [ready, verdict]),
      [
        [false, 'Nothing to review yet'],
        [false, 'Nothing to review yet'],
        [false, 'Nothing to review yet'],
        [false, 'Nothing to review yet'],
      ],
    );
    assert.equal(none.hasDocuments, false);
  });

  it('is ready when every item is shown, signed or waived, and says by what', () => {
    const items = checklistItems.map(({ id }) => id).filter((id) => id.startsWith('handoff/'));
    const waiver = { ...word, kind: 'waiver', reason: 'Not before the launch', until: '2026-12-31' } as const;
    const { note: _note, ...own } = waiver;
    const records = [
      stored(run),
      stored(word),
      stored({ ...own, items: items.slice(3) }),
      stored({ ...word, items: ['handoff/api-documented'] }),
    ];
    const made = review(material({ evidence: judgeEvidence(world(records)) }));
    const [, , handoff] = made.checklists;
    assert.equal(handoff?.verdict, 'Ready to hand off. 1 measured, 2 signed, 8 waived.');
    assert.equal(handoff.ready, true);
    assert.equal(made.gate, 'plan');
  });

  it('is broken by errors and warnings of the rules that disprove an item, and by no others', () => {
    const made = (severity: 'error' | 'warning' | 'info' | 'hint'): string =>
      itemOf(review(material({ findings: [finding('api/error-format', severity)] })), 'plan/error-strategy').state;
    assert.deepEqual(
      ['error', 'warning', 'info', 'hint'].map((one) => made(one as 'error')),
      ['broken', 'broken', 'unshown', 'unshown'],
    );
    const item = itemOf(
      review(
        material({ findings: [finding('api/auth-defined', 'error', 3), finding('api/auth-defined', 'error', 9)] }),
      ),
      'plan/auth-clear',
    );
    assert.equal(item.line, '12 of 14 operations');
    assert.equal(item.findingCount, 2);
    assert.equal(item.actions[0]?.kind, 'go');
    assert.ok(!item.evidence.some(({ verdict }) => verdict === 'shows'));
  });

  it('takes rules as proof only where they decide the item and counted everywhere', () => {
    const auth = (more: Parameters<typeof material>[0]): [string, string] => {
      const { state, line } = itemOf(review(material(more)), 'plan/auth-clear');
      return [state, line];
    };
    assert.deepEqual(auth({}), ['met', 'All 14 operations']);
    assert.deepEqual(auth({ notAnalysed: [{ file: 'api/b.yaml', reason: 'It is binary.' }] }), [
      'unshown',
      'Could not check b.yaml',
    ]);
    const off = { ...defaultConfiguration, rules: new Map([['api/auth-defined', 'off' as const]]) };
    assert.deepEqual(auth({ configuration: off }), ['unshown', 'api/auth-defined is switched off']);
    const split = [{ file: 'api/openapi.yaml', dialect: 'openapi' as const, operations: 0 }, ...material().documents];
    assert.deepEqual(auth({ documents: split }), ['unshown', 'api/openapi.yaml has no operation of its own']);
  });

  it('says what does not apply, and why', () => {
    assert.equal(itemOf(review(material()), 'handoff/migrations-tested').face, 'not-applicable');
    // Migrations that cannot be read here are migrations all the same.
    assert.equal(
      itemOf(review(material({ files: ['src/migrations/1-users.ts'] })), 'handoff/migrations-tested').face,
      'unshown',
    );
    const prototype = { ...defaultConfiguration, scale: 'prototype' as const };
    assert.equal(
      itemOf(review(material({ configuration: prototype })), 'plan/control-manifest').face,
      'not-applicable',
    );
  });

  it('lets a run that failed weigh more than a word, and a later run more than an older word', () => {
    const both = { ...word, items: ['handoff/errors-tested'] };
    const command = {
      name: 'tests',
      run: 'npm test',
      inputs: ['src/**'],
      shows: ['handoff/errors-tested'],
      timeout: 9,
    };
    const commands = new Map([['tests', command]]);
    const state = (records: Parameters<typeof world>[0], more: Parameters<typeof world>[1] = {}): string =>
      itemOf(
        review(material({ commands, evidence: judgeEvidence(world(records, { commands, ...more })) })),
        'handoff/errors-tested',
      ).face;
    const ran = { ...run, items: ['handoff/errors-tested'], at: '2026-11-20T13:00:00.000Z' };
    assert.equal(state([stored(both)]), 'signed');
    assert.equal(state([stored(both), stored({ ...ran, exit: 1 })]), 'broken');
    const changed = { 'src/a.ts': 'changed', 'src/b.ts': 'b' };
    assert.equal(state([stored(both)], { files: changed }), 'stale');
    const fresh = {
      ...ran,
      inputs: [{ path: 'src/a.ts', sha256: world([]).sha256Text('changed') }, ...run.inputs.slice(1)],
    };
    assert.equal(state([stored(both), stored(fresh)], { files: changed }), 'met');
  });

  it('wants all commands that show an item', () => {
    const more = { name: 'more', run: 'true', inputs: ['src/**'], shows: ['handoff/tests-pass'], timeout: 9 };
    const commands: ReadonlyMap<string, ReviewCommand> = new Map<string, ReviewCommand>([
      ...material().commands,
      ['more', more],
    ]);
    const item = itemOf(
      review(material({ commands, evidence: judgeEvidence(world([stored(run)], { commands })) })),
      'handoff/tests-pass',
    );
    assert.deepEqual([item.state, item.line], ['unshown', 'more has not run']);
  });

  it('keeps lines and evidence short, whatever they are about', () => {
    const long = {
      ...finding('api/error-format', 'error'),
      file: `${'x'.repeat(300)}.yaml`,
      message: '\u0000y\n'.repeat(300),
    };
    const made = review(
      material({ findings: [long], evidence: judgeEvidence(world([stored({ ...word, note: 'z'.repeat(900) })])) }),
    );
    for (const { line, evidence } of made.checklists.flatMap(({ items }) => items)) {
      assert.ok(line.length <= 60 && line.length > 0);
      for (const { text } of evidence) assert.ok(text.length <= 200 && !/\p{Cc}/u.test(text));
    }
  });

  it('finds npm test where nothing is configured, and not what npm writes into a new package', () => {
    const script = (test: string): string => JSON.stringify({ scripts: { test } });
    const [found] = [...commandsOf(defaultConfiguration, script('vitest')).values()];
    assert.deepEqual([found?.run, found?.foundIn, found?.shows], ['npm test', 'package.json', ['handoff/tests-pass']]);
    assert.equal(commandsOf(defaultConfiguration, script('echo "Error: no test specified" && exit 1')).size, 0);
    assert.equal(commandsOf(defaultConfiguration, '{').size, 0);
    const commands = commandsOf(defaultConfiguration, script('vitest'));
    const item = itemOf(review(material({ commands })), 'handoff/tests-pass');
    assert.equal(item.evidence[0]?.text, 'tests has not run (npm test, found in package.json)');
    assert.deepEqual(item.actions[0], { kind: 'run', name: 'tests', command: 'npm test' });
  });

  it('counts tasks with and without criteria in both forms', () => {
    const text =
      '### BE-001 | Backend | High | @a\n- **Acceptance Criteria**:\n  - [ ] one\n  - [x] two\n\n### BE-002 | Backend | High | @a\ntext\n\nTask: BE-003 | Backend | High | @a\nAcceptance Criteria:\n- [ ] three\n';
    assert.deepEqual(tasksIn(text), { tasks: 3, withCriteria: 2 });
  });

  it('is exported as a list, and as one page that runs nothing and shows no markup of others', () => {
    const hostile = { ...word, note: '<script>alert(1)</script> **bold** [x](http://y)' };
    const made = review(material({ evidence: judgeEvidence(world([stored(hostile)])) }));
    const page = exportReview(made, 'html');
    assert.ok(page.includes('&lt;script&gt;') && !page.includes('<script'));
    assert.match(page, /<html lang="en">[^]*<h1>[^]*<h2 id="handoff">/);
    assert.ok(exportReview(made, 'markdown').includes('\\<script\\>alert(1)\\</script\\> \\*\\*bold\\*\\*'));
    assert.match(exportReview(made, 'text'), /Signed by a person {2}Code reviewed +Ann Lee, 3f2c1ab, 2026-11-20/);
    assert.deepEqual(JSON.parse(exportReview(made, 'json')), JSON.parse(JSON.stringify(made)));
  });
});
