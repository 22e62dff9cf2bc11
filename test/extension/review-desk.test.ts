import assert from 'node:assert/strict';
import { createReviewDesk, type DeskChange, type ReviewDesk } from '../../src/extension/review/desk.ts';
import { folder, itemOf, ofFolder, reviewOf } from './reviews.ts';

const shop = { uri: folder, name: 'shop' };
const stock = { uri: 'file:///stock', name: 'stock' };
const filter = { openOnly: false, needsPerson: false, search: '' };

function deskOn(folders: readonly { uri: string; name: string }[], chosen?: string, active?: string): ReviewDesk {
  const desk = createReviewDesk({ filter, chosen, trusted: true });
  desk.setFolders(folders, active);
  desk.setServer('running');
  return desk;
}

describe('what the editor knows of the reviews', () => {
  const review = reviewOf([itemOf('broken', 'a')]);
  const kinds = (desk: ReviewDesk): string[] => desk.messages().map(({ kind }) => kind);

  it('has a face for every state', () => {
    assert.equal(deskOn([]).face(), 'no-folder');
    const desk = deskOn([shop]);
    assert.equal(desk.face(), 'loading');
    desk.take(ofFolder(review));
    assert.equal(desk.face(), 'live');
    desk.setServer('stopped');
    assert.equal(desk.face(), 'stopped');
    assert.equal(desk.shown()?.review, review, 'the last review stays');
    desk.setServer('off');
    assert.equal(desk.face(), 'off');
    assert.equal(desk.shown(), undefined);
  });

  it('keeps the review while the server starts again', () => {
    const desk = deskOn([shop]);
    desk.take(ofFolder(review));
    desk.setServer('starting');
    assert.deepEqual([desk.face(), desk.isChecking(), desk.shown()?.review], ['live', true, review]);
    desk.setServer('running');
    assert.equal(desk.isChecking(), false);
  });

  it('shows the folder of the active editor, and keeps to the one that was chosen', () => {
    const desk = deskOn([shop, stock], undefined, stock.uri);
    desk.take(ofFolder(review, shop.uri));
    desk.take(ofFolder(review, stock.uri));
    assert.equal(desk.shown()?.folder, stock.uri);
    desk.setActive(undefined);
    assert.equal(desk.shown()?.folder, stock.uri, 'an editor without a folder changes nothing');
    desk.setActive(shop.uri);
    assert.equal(desk.shown()?.folder, shop.uri);
    assert.equal(desk.choose(stock.uri), true);
    desk.setActive(shop.uri);
    assert.equal(desk.shown()?.folder, stock.uri);
    assert.equal(desk.choose('file:///etc'), false);
    assert.equal(
      deskOn([shop, stock], stock.uri)
        .messages()
        .some(({ kind }) => kind === 'review'),
      false,
    );
  });

  it('shows a folder with documents before one without, where nothing else decides', () => {
    const desk = deskOn([shop, stock]);
    desk.take(ofFolder(reviewOf([], { hasDocuments: false }), shop.uri));
    desk.take(ofFolder(review, stock.uri));
    assert.equal(desk.shown()?.folder, stock.uri);
  });

  it('drops what is told of a folder that is not open', () => {
    const desk = deskOn([shop]);
    desk.take(ofFolder(review, stock.uri));
    assert.equal(desk.face(), 'loading');
    desk.take(ofFolder(review));
    desk.setFolders([stock], undefined);
    desk.setFolders([shop], undefined);
    assert.equal(desk.face(), 'loading', 'a folder that comes back is reviewed anew');
  });

  it('tells a page that starts everything, and one that lives what changed', () => {
    const desk = deskOn([shop]);
    const told: DeskChange[] = [];
    desk.onChange((change) => told.push(change));
    assert.deepEqual(kinds(desk), ['filter', 'face', 'running', 'checking']);
    desk.take(ofFolder(review));
    assert.deepEqual(kinds(desk), ['filter', 'review', 'face', 'running', 'checking']);
    desk.setChecking({ folder, done: 1, total: 4 });
    desk.setRunning({ 'handoff/a': 2 });
    desk.setFilter({ ...filter, openOnly: true });
    assert.deepEqual(told, ['review', 'face', 'checking', 'running', 'filter']);
    assert.deepEqual(desk.messages('checking'), [{ kind: 'checking', done: 1, total: 4 }]);
    desk.take(ofFolder(review));
    assert.deepEqual(desk.messages('checking'), [{ kind: 'checking', done: 0, total: 0 }]);
  });

  it('keeps so many reviews as a click may still speak of', () => {
    const desk = deskOn([shop]);
    for (let i = 0; i < 100; i++) desk.take(ofFolder({ ...review, madeAt: String(i) }));
    assert.equal(desk.recent()[0]?.madeAt, '99');
    assert.ok(desk.recent().length > 2 && desk.recent().length < 50);
  });
});
