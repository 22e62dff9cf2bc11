import assert from 'node:assert/strict';
import {
  clockTime,
  dayAfter,
  gateText,
  nextOpenItem,
  noteProblem,
  untilProblem,
} from '../../src/extension/review/words.ts';
import { itemOf, reviewOf } from './reviews.ts';

const items = [
  itemOf('met', 'first'),
  itemOf('stale', 'old'),
  itemOf('broken', 'wrong'),
  itemOf('signed', 'said'),
  itemOf('unshown', 'missing'),
];
const review = reviewOf(items);
const live = { review, setting: 'auto', stopped: false, busy: false } as const;

describe('what the status bar says of the gate', () => {
  it('is how much is done', () => {
    assert.deepEqual(gateText(live), {
      text: '$(checklist) Hand-off 2/5',
      name: 'Before hand-off: 2 of 5 done, 3 open. Show Review',
      warning: false,
    });
  });
  it('spins while it is checked, and warns only when checking stopped', () => {
    assert.match(gateText({ ...live, busy: true })?.text ?? '', /^\$\(sync~spin\) Hand-off 2\/5$/);
    const stopped = gateText({ ...live, stopped: true, busy: true });
    assert.equal(stopped?.warning, true);
    assert.ok(stopped.name.startsWith(`Checking stopped. Results of ${clockTime(review.madeAt)}`));
    assert.ok(!stopped.text.includes('spin'));
  });
  it('is nothing without backend files, before the first review, and where it is switched off', () => {
    assert.equal(gateText({ ...live, review: undefined }), undefined);
    assert.equal(gateText({ ...live, review: { ...review, hasDocuments: false } }), undefined);
    assert.equal(gateText({ ...live, setting: 'off' }), undefined);
    assert.equal(gateText({ ...live, setting: 'plan' }), undefined, 'a gate that the review does not hold');
  });
});

describe('the next open item', () => {
  const [list] = review.checklists;
  it('goes through them as they are shown, and begins again', () => {
    const walk: (string | undefined)[] = [undefined];
    for (let i = 0; i < 4; i++) walk.push(nextOpenItem(list, walk.at(-1))?.id);
    assert.deepEqual(walk.slice(1), ['handoff/wrong', 'handoff/missing', 'handoff/old', 'handoff/wrong']);
  });
  it('begins at the top after an item that is open no more', () => {
    assert.equal(nextOpenItem(list, 'handoff/first')?.id, 'handoff/wrong');
    assert.equal(nextOpenItem(reviewOf([itemOf('met', 'a')]).checklists[0], undefined), undefined);
  });
});

describe('what a person writes for a record', () => {
  const now = Date.parse('2026-11-20T14:31:00Z');
  it('has at least ten characters', () => {
    assert.equal(noteProblem('Looked at all of it', 'note'), undefined);
    assert.match(noteProblem('  short   ', 'note') ?? '', /5 more/);
    assert.match(noteProblem('', 'reason') ?? '', /A reason has at least 10 characters: 10 more/);
  });
  it('is a day to come, 180 days away at most', () => {
    assert.equal(dayAfter(now, 30), '2026-12-20');
    assert.equal(untilProblem(dayAfter(now, 30), now), undefined);
    assert.equal(untilProblem(dayAfter(now, 180), now), undefined);
    assert.match(untilProblem(dayAfter(now, 181), now) ?? '', /180 days at most: until 2027-05-19/);
    assert.match(untilProblem(dayAfter(now, 0), now) ?? '', /over/);
    for (const text of ['', 'tomorrow', '2026-02-30', '2026-13-01', '26-12-01', '2026-12-1'])
      assert.match(untilProblem(text, now) ?? '', /YYYY-MM-DD, for example 2026-12-20/, text);
  });
});
