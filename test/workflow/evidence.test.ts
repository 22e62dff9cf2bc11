import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evidenceFolder, type EvidenceRecord, type WaiverRecord } from '../../src/core/evidence.ts';
import { canonicalJson, recordId, recordText } from '../../src/workflow/evidence/canonical.ts';
import { type EvidenceWorld, judgeEvidence } from '../../src/workflow/evidence/judge.ts';
import { readRecord } from '../../src/workflow/evidence/read.ts';
import { readStore } from '../../src/workflow/evidence/store.ts';
import { review } from '../../src/workflow/review/review.ts';
import { memoryFiles } from './memory.ts';
import { inputs, material, run, sha, stored, texts, word, world } from './review-world.ts';

/** The state of an item by these records. */
function stateOf(id: string, records: EvidenceWorld['stored'], more: Parameters<typeof world>[1] = {}): string {
  const own = review(material({ evidence: judgeEvidence(world(records, more)) }));
  return own.checklists.flatMap(({ items }) => items).find((item) => item.id === id)?.face ?? 'none';
}

const waiver: WaiverRecord = {
  version: 1,
  kind: 'waiver',
  project: word.project,
  items: ['handoff/monitoring'],
  at: word.at,
  by: word.by,
  lapsesWith: [],
  inputs: [],
  reason: 'There is no production yet',
  until: '2027-01-31',
};

/** A record's file with another text. */
function edited(record: EvidenceRecord, from: string, to: string): { file: string; text: string } {
  const own = stored(record);
  assert.ok(own.text.includes(from));
  return { file: own.file, text: own.text.replace(from, to) };
}

describe('evidence', () => {
  it('counts as it was made', () => {
    assert.equal(stateOf('handoff/tests-pass', [stored(run)]), 'met');
    assert.equal(stateOf('handoff/code-reviewed', [stored(word)]), 'signed');
    assert.equal(stateOf('handoff/monitoring', [stored(waiver)]), 'waived');
    assert.deepEqual(judgeEvidence(world([stored(run), stored(word), stored(waiver)])).refused, []);
  });

  describe('that is faked or has been overtaken is told by name', () => {
    type Case = readonly [
      what: string,
      records: EvidenceWorld['stored'],
      reason: RegExp,
      more?: Parameters<typeof world>[1],
    ];
    const copy = { file: `${evidenceFolder}/${'0'.repeat(64)}.json`, text: stored(word).text };
    const refused: readonly Case[] = [
      ['an edited hash', [edited(run, inputs()[0]?.sha256 ?? '', sha('other'))], /edited or renamed/],
      ['an edited note', [edited(word, 'with Bob', 'with Eve')], /edited or renamed/],
      ['an edited exit code', [edited({ ...run, exit: 1 }, '"exit": 1', '"exit": 0')], /edited or renamed/],
      ['a copied file', [stored(word), copy], /copy of/],
      ['a renamed file', [copy], /edited or renamed/],
      ['a renamed item', [stored({ ...word, items: ['handoff/reviewed'] })], /no such item/],
      ['a date to come', [stored({ ...word, at: '2026-11-21T00:00:00.000Z' })], /still to come/],
      [
        'another project’s record',
        [stored({ ...word, project: 'ffffffff-0000-4000-8000-000000000000' })],
        /another project/,
      ],
      ['a project without an id', [stored(word)], /project\.json is not there/, { project: undefined }],
      [
        'a word on what only a run shows',
        [stored({ ...word, items: ['handoff/tests-pass'] })],
        /cannot show `handoff\/tests-pass`/,
      ],
      ['a run of what only a person says', [stored({ ...run, items: ['handoff/code-reviewed'] })], /cannot show/],
      ['a waiver for years', [stored({ ...waiver, until: '2028-01-01' })], /180 are the most/],
      ['a short note', [stored({ ...word, note: 'ok' })], /fewer than 10/],
      ['a word that rests on nothing', [stored({ ...word, inputs: [] })], /never be out of date/],
      [
        'an input that its patterns do not mean',
        [stored({ ...word, lapsesWith: ['docs/**'] })],
        /fits none of its patterns/,
      ],
      ['broken JSON', [{ file: stored(word).file, text: stored(word).text.slice(0, -4) }], /no JSON/],
      ['a field that is none', [edited(word, '"kind"', '"extra": 1,\n  "kind"')], /field `extra`/],
      ['a key that stands twice', [edited(word, '"kind"', '"note": "Nothing at all here",\n  "kind"')], /stands twice/],
      ['another version', [edited(word, '"version": 1', '"version": 2')], /version is `2`/],
      ['what is too large', [{ file: `${evidenceFolder}/x.json`, problem: 'It has 3000000 bytes.' }], /bytes/],
    ];
    for (const [what, records, reason, more] of refused) {
      it(`${what}: refused`, () => {
        const own = judgeEvidence(world(records, more));
        const last = records.at(-1);
        const told = own.refused.find(({ file }) => file === last?.file);
        assert.match(told?.reason ?? '', reason);
        for (const id of ['handoff/tests-pass', 'handoff/code-reviewed', 'handoff/monitoring'])
          if (records.length === 1) assert.equal(stateOf(id, records, more), 'unshown');
      });
    }

    const stale: readonly Case[] = [
      ['a changed input', [stored(run)], /^a\.ts changed$/, { files: { ...texts, 'src/a.ts': 'A' } }],
      ['a deleted input', [stored(run)], /^b\.ts is gone$/, { files: { 'src/a.ts': 'a' } }],
      ['a new file that fits', [stored(run)], /^c\.ts is new$/, { files: { ...texts, 'src/c.ts': 'c' } }],
      ['other rules', [stored(run)], /^It ran beside the rules of 0\.1\.0; these are 0\.2\.0$/, { rules: '0.2.0' }],
      ['another command', [stored({ ...run, command: 'true' })], /another one now/],
      ['narrower inputs', [stored({ ...run, lapsesWith: ['src/*.ts'] })], /inputs of tests are other ones/],
      ['a command that is gone', [stored(run)], /not configured any more/, { commands: new Map() }],
      ['a word after a change', [stored(word)], /^a\.ts changed, 1 more$/, { files: { 'src/a.ts': 'A' } }],
      ['a waiver that ended', [stored(waiver)], /^The waiver ended on 2027-01-31$/, { today: '2027-02-01' }],
    ];
    for (const [what, records, reason, more] of stale) {
      it(`${what}: out of date`, () => {
        const [claim] = judgeEvidence(world(records, more)).claims;
        assert.match(claim?.stale ?? '', reason);
        const [id = ''] = claim?.record.items ?? [];
        assert.equal(stateOf(id, records, more), claim?.record.kind === 'waiver' ? 'unshown' : 'stale');
      });
    }
  });

  it('is overtaken by a newer run of the same command', () => {
    const failed = { ...run, exit: 1, at: '2026-11-20T13:00:00.000Z' };
    assert.equal(stateOf('handoff/tests-pass', [stored(run), stored(failed)]), 'broken');
    assert.equal(
      stateOf('handoff/tests-pass', [stored({ ...run, exit: 1 }), stored({ ...run, at: failed.at })]),
      'met',
    );
  });

  it('is taken back by a withdrawal, and by one that is believed only', () => {
    const record = recordId(word, sha);
    const withdrawal: EvidenceRecord = {
      ...waiver,
      kind: 'withdrawal',
      record,
      reason: 'It was read too fast',
      until: undefined,
    } as never;
    const { until: _until, ...own } = withdrawal as unknown as Record<string, unknown>;
    const taken = stored(own as never);
    assert.equal(stateOf('handoff/code-reviewed', [stored(word), taken]), 'unshown');
    const forged = { file: taken.file, text: taken.text.replace('too fast', 'too slow') };
    assert.equal(stateOf('handoff/code-reviewed', [stored(word), forged]), 'signed');
    const { refused } = judgeEvidence(world([taken]));
    assert.match(refused[0]?.reason ?? '', /which is not there/);
  });

  it('has an id that follows what it says, and nothing else', () => {
    const json = fc.jsonValue();
    fc.assert(
      fc.property(json, (value) => {
        const same: unknown = JSON.parse(JSON.stringify(value, undefined, 3));
        assert.equal(canonicalJson(same), canonicalJson(value));
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
    assert.equal(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] }), '{"a":[{"c":2,"d":1}],"b":1}');
  });

  it('is refused after any edit of any character', () => {
    const { file, text } = stored(word);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('x', '1', '"', ' ', '\n', ','), (at, char) => {
        const other = text.slice(0, at) + char + text.slice(at + 1);
        const read = readRecord(other);
        const same = 'record' in read && canonicalJson(read.record) === canonicalJson(word);
        assert.equal(judgeEvidence(world([{ file, text: other }])).claims.length, same ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused where it is nested without end, and the other records count', () => {
    const file = `${evidenceFolder}/${'0'.repeat(64)}.json`;
    for (const text of [
      '['.repeat(500_000) + ']'.repeat(500_000),
      `{"version":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`,
    ]) {
      const { claims, refused } = judgeEvidence(world([{ file, text }, stored(word)]));
      assert.equal(claims.length, 1);
      assert.match(refused[0]?.reason ?? '', /nested deeper/);
    }
  });

  it('is read from its folder, broken ones and the project’s id with it', async () => {
    const own = stored(word);
    const store = await readStore(
      memoryFiles({
        [own.file]: recordText(word),
        [`${evidenceFolder}/.tmp-1`]: 'half',
        [`${evidenceFolder}/link.json`]: undefined,
        [`${evidenceFolder}/z.json`]: 'HUGE ',
        '.backend-architect/project.json': `{ "id": "${word.project}" }`,
      }),
    );
    assert.equal(store.project, word.project);
    assert.deepEqual(
      store.stored.map((one) => [one.file === own.file, 'text' in one]),
      [
        [true, true],
        [false, false],
        [false, false],
      ],
    );
  });
});
