import assert from 'node:assert/strict';
import { lateIn } from '../../src/extension/late-in.ts';

const mark = (message: string, line: number) => ({ message, range: { start: { line }, end: { line } } });

/** A clock that stands until somebody lets the pause come. */
function begin() {
  let line: number | undefined;
  let due: (() => void) | undefined;
  const shown: string[][] = [];
  const held = lateIn<ReturnType<typeof mark>>({
    typedLine: () => line,
    afterPause: (call) => {
      due = call;
      return () => {
        if (due === call) due = undefined;
      };
    },
  });
  return {
    shown,
    take: (...marks: ReturnType<typeof mark>[]) =>
      held.take('a', marks, (now) => shown.push(now.map(({ message }) => message))),
    typeOn: (next: number | undefined) => {
      line = next;
      held.moved('a');
    },
    pause: () => {
      line = undefined;
      due?.();
    },
    isWaiting: () => due !== undefined,
  };
}

describe('findings while somebody types', () => {
  it('are shown at once where nobody types', () => {
    const { take, shown } = begin();
    take(mark('one', 3), mark('two', 4));
    assert.deepEqual(shown, [['one', 'two']]);
  });

  it('wait on the line that is typed on, elsewhere not', () => {
    const { take, typeOn, pause, shown } = begin();
    typeOn(3);
    take(mark('here', 3), mark('there', 9));
    assert.deepEqual(shown, [['there']]);
    pause();
    assert.deepEqual(shown.at(-1), ['here', 'there']);
  });

  it('stay where they were shown before, and go at once when they are repaired', () => {
    const { take, typeOn, shown, isWaiting } = begin();
    take(mark('old', 3));
    typeOn(3);
    take(mark('old', 3));
    assert.deepEqual(shown.at(-1), ['old']);
    assert.equal(isWaiting(), false);
    take();
    assert.deepEqual(shown.at(-1), []);
  });

  it('are shown when the cursor leaves the line', () => {
    const { take, typeOn, shown, isWaiting } = begin();
    typeOn(3);
    take(mark('here', 3));
    assert.deepEqual(shown, [[]]);
    typeOn(4);
    assert.deepEqual(shown.at(-1), ['here']);
    assert.equal(isWaiting(), false);
  });

  it('wait anew with every key', () => {
    const { take, typeOn, shown, pause } = begin();
    typeOn(3);
    take(mark('here', 3));
    typeOn(3);
    take(mark('here, longer', 3));
    assert.deepEqual(shown, [[], []]);
    pause();
    assert.deepEqual(shown.at(-1), ['here, longer']);
  });
});
