import type { FromReviewPage, Phase, Review, ReviewFilter, ToReviewPage } from '../src/server/protocol-review.ts';
import { connect, onMessage } from './messages.ts';
import { element, write } from './patch.ts';
import { type Circumstances, type ItemPorts, restricted } from './review-detail.ts';
import { emptinessOf, faceView, madeAtOf, progressOf } from './review-faces.ts';
import { filterBar, noFilter } from './review-filter.ts';
import { folderChoice, reviewHeader } from './review-header.ts';
import { hearKeys, keyHelp } from './review-keys.ts';
import { reviewList } from './review-list.ts';
import { isReviewMessage } from './review-messages.ts';
import { plainText, sightOf, tallyOf } from './review-model.ts';
import { detailPane } from './review-pane.ts';
import { places } from './review-places.ts';
import { type PageState, readState } from './review-state.ts';
import { announcer } from './review-status.ts';
import { stripsOf } from './review-strips-of.ts';
import { stripList } from './review-strips.ts';
import { panelId, phaseTabs } from './review-tabs.ts';
import { shown } from './text.ts';
import { registerComponents } from './toolkit.ts';

type Told = Extract<ToReviewPage, { kind: 'review' }>;

/** Work that takes no longer than this is not spoken of, in milliseconds. */
const patience = 400;

registerComponents();
const api = connect<FromReviewPage>();
const kept = readState(api.getState());
const broad = window.matchMedia('(min-width: 700px)');

let told: Told | undefined;
let face: Extract<ToReviewPage, { kind: 'face' }>['face'] = 'loading';
let { phase, filter }: { phase?: Phase | undefined; filter: ReviewFilter } = kept;
/** When the command of an item began, in milliseconds since 1970. */
let begun = new Map<string, number>();
/** Paints the seconds while something runs. */
let ticking: ReturnType<typeof setInterval> | undefined;
let progress: { readonly done: number; readonly total: number } | undefined;
/** Work has gone on for longer than the patience. */
let slow = false;
/** Shown whatever the filter says, because somebody asked for it. */
let revealed: string | undefined;
let hovered: string | undefined;
/** To be revealed as soon as there is a review. */
let awaited: string | undefined;
let patienceEnds: ReturnType<typeof setTimeout> | undefined;
/** Until a row that is held has to move. */
let wakeUp: ReturnType<typeof setTimeout> | undefined;

const say = (message: FromReviewPage): void => api.postMessage(message);
const ports: ItemPorts = {
  act: (item, action) => {
    if (!told) return;
    if (item.actions[action]?.kind === 'run' && !told.trusted) status.notice(restricted);
    else say({ kind: 'act', madeAt: told.review.madeAt, item: item.id, action });
  },
  finding: (item, finding) => {
    if (told) say({ kind: 'finding', madeAt: told.review.madeAt, item: item.id, finding });
  },
  evidence: (item, evidence) => {
    if (told) say({ kind: 'evidence', madeAt: told.review.madeAt, item: item.id, evidence });
  },
};

const header = reviewHeader();
const folders = folderChoice((uri) => say({ kind: 'folder', uri }));
const tabs = phaseTabs(choosePhase);
const strips = stripList();
const empty = faceView((what) => say({ kind: 'face', do: what }));
const bar = filterBar({ set: setFilter, leave: () => takeFocus(true) });
const list = reviewList({ ...ports, state: kept, changed: () => (paintPane(), keep()) });
const pane = detailPane(ports);
const help = keyHelp(toggleHelp);
const region = element('p', 'status unseen');
region.setAttribute('role', 'status');
const status = announcer(region);
const working = element('p', 'working');
working.hidden = true;
const panel = element('div', 'panel', element('div', 'column', bar.root, bar.above, list.root, bar.below), pane.root);
panel.id = panelId;
panel.setAttribute('role', 'tabpanel');
const main = element(
  'main',
  '',
  element('header', '', header.project, folders.root, tabs.root, header.heading, header.tally),
  strips.root,
  help,
  empty.root,
  panel,
  element('footer', '', region, working),
);
main.setAttribute('aria-labelledby', header.heading.id);
// There is nothing to see before the first message: it comes at once, or the patience ends.
main.hidden = true;

const rows = places(
  (item) => item === hovered || item === itemOfFocus(),
  () => Date.now(),
);

hearKeys(main, {
  search: () => {
    if (!panel.hidden) bar.search();
  },
  showAll: () => setFilter(noFilter),
  phase: (index) => {
    const chosen = told?.review.checklists[index]?.id;
    if (chosen === undefined || panel.hidden) return;
    choosePhase(chosen);
    takeFocus(true);
  },
  help: toggleHelp,
  escape: (target) => {
    if (help.contains(target)) toggleHelp();
    else if (target.closest('[data-of]')) list.goTo(target.closest<HTMLElement>('[data-of]')?.dataset['of'] ?? '');
    else if (pane.root.contains(target)) list.goTo(list.selected()?.id ?? '');
    else return list.close(list.itemAt(target)?.id ?? '');
    return true;
  },
  enter: (target) => {
    const item = target.matches('.title') ? list.itemAt(target) : undefined;
    if (item && item.actions.length > 0) ports.act(item, 0);
    return item !== undefined;
  },
  copy: (target) => {
    const item = list.itemAt(target) ?? (pane.root.contains(target) ? list.selected() : undefined);
    if (item) say({ kind: 'copy', text: plainText(item, new Date()) });
    return item !== undefined;
  },
});
// The editor gives the focus to the page as a whole: it goes on where it was.
window.addEventListener('focus', () => takeFocus(false));
window.addEventListener('scroll', keep, { passive: true });
broad.addEventListener('change', paint);
list.root.addEventListener('pointerover', ({ target }) => stayAt(list.itemAt(target)?.id));
list.root.addEventListener('pointerleave', () => stayAt(undefined));
document.addEventListener('pointerleave', () => stayAt(undefined));
main.addEventListener('focusout', () => queueMicrotask(settle));
onMessage(isReviewMessage, receive);
document.getElementById('page')?.replaceWith(main);
awaitPatience();
say({ kind: 'ready' });

function receive(message: ToReviewPage): void {
  switch (message.kind) {
    case 'review':
      takeReview(message);
      return;
    case 'face':
      face = message.face;
      if (face === 'loading') awaitPatience();
      else if (face !== 'live' || told) main.hidden = false;
      break;
    case 'running': {
      const now = Date.now();
      begun = new Map(Object.entries(message.items).map(([item, seconds]) => [item, now - seconds * 1000]));
      clearInterval(ticking);
      if (begun.size > 0) ticking = setInterval(paint, 1000);
      break;
    }
    case 'checking':
      progress = message.done < message.total ? { done: message.done, total: message.total } : undefined;
      if (progress) awaitPatience();
      break;
    case 'filter': {
      // Who is in the search field knows better what is searched for than an answer to an earlier letter.
      const next = bar.isSearching() ? { ...message.filter, search: filter.search } : message.filter;
      if (sameFilter(next)) return;
      filter = next;
      revealed = undefined;
      keep();
      break;
    }
    case 'reveal':
      reveal(message.item);
      return;
    case 'notice':
      status.notice(shown(message.text));
      return;
  }
  paint();
}

function takeReview(next: Told): void {
  const isFirst = told === undefined;
  if (told && told.folder.uri !== next.folder.uri) rows.clear();
  told = next;
  if (face === 'loading') face = 'live';
  main.hidden = false;
  const { items = [], verdict = '' } = checklist() ?? {};
  for (const { title, word } of rows.take(items)) status.changed(`${shown(title)}: ${shown(word)}`);
  paint();
  status.verdict(shown(verdict));
  if (!isFirst) return;
  window.scrollTo(0, kept.scroll);
  takeFocus(false);
  if (awaited !== undefined) reveal(awaited);
}

/** There is no review yet, or there will be another one. */
function isWaiting(): boolean {
  return face === 'loading' || (face === 'live' && !told) || progress !== undefined;
}

/** The checklist of the phase that is shown. */
function checklist(): Review['checklists'][number] | undefined {
  const lists = told?.review.checklists;
  return lists?.find(({ id }) => id === (phase ?? told?.review.gate)) ?? lists?.[0];
}

function paint(): void {
  const had = main.contains(document.activeElement);
  const review = told?.review;
  const current = checklist();
  const wide = broad.matches;
  const emptiness = emptinessOf(face, review);
  const shows = review !== undefined && current !== undefined && !emptiness;
  const waits = isWaiting();
  if (!waits) {
    slow = false;
    clearTimeout(patienceEnds);
    patienceEnds = undefined;
  }
  document.body.classList.toggle('wide', wide);
  main.setAttribute('aria-busy', String(waits && slow));
  main.classList.toggle('greyed', waits && slow && review !== undefined);
  working.hidden = !(waits && slow);
  write(working, progressOf(progress ?? { done: 0, total: 0 }));
  header.show({
    verdict: emptiness?.title ?? shown(current?.verdict ?? ''),
    tally: shows ? tallyOf(current) : '',
    project: shows && wide ? review.project : undefined,
  });
  folders.show(told?.folders ?? [], told?.folder);
  empty.show(emptiness);
  tabs.root.hidden = !shows;
  panel.hidden = !shows;
  strips.show(
    review && (shows || face === 'live')
      ? stripsOf(
          { review, checklist: current, trusted: told?.trusted === true, stopped: face === 'stopped' },
          { say, face: (what) => say({ kind: 'face', do: what }), phase: choosePhase, reveal },
        )
      : [],
  );
  if (shows) paintItems(review, current, wide);
  // Whatever had the focus and went away leaves it to the list, or to what there is.
  if (had && !hasFocus()) takeFocus(true);
}

function paintItems(review: Review, current: Review['checklists'][number], wide: boolean): void {
  clearTimeout(wakeUp);
  const wait = rows.settle(current.items);
  if (wait !== undefined) wakeUp = setTimeout(paint, wait + 1);
  const { groups, hidden } = sightOf(current, filter, rows.placeOf, revealed);
  tabs.show(review.checklists, current.id, wide);
  panel.setAttribute('aria-labelledby', `tab-${current.id}`);
  bar.show(filter, hidden, wide);
  list.show({ groups, wide, searching: filter.search.trim() !== '', circumstances: circumstances() });
  paintPane();
}

function paintPane(): void {
  pane.show(list.selected(), circumstances());
}

function circumstances(): Circumstances {
  const now = Date.now();
  return {
    trusted: told?.trusted === true,
    stoppedAt: face === 'stopped' && told ? madeAtOf(told.review) : undefined,
    running: (item) => {
      const since = begun.get(item);
      return since === undefined ? undefined : (now - since) / 1000;
    },
  };
}

function choosePhase(chosen: Phase): void {
  if (checklist()?.id === chosen && phase === chosen) return;
  phase = chosen;
  revealed = undefined;
  rows.clear();
  rows.take(checklist()?.items ?? []);
  paint();
  keep();
  say({ kind: 'phase', phase: chosen });
}

function setFilter(next: ReviewFilter): void {
  if (sameFilter(next)) return;
  filter = next;
  revealed = undefined;
  paint();
  keep();
  say({ kind: 'filter', filter });
}

function sameFilter({ openOnly, needsPerson, search }: ReviewFilter): boolean {
  return openOnly === filter.openOnly && needsPerson === filter.needsPerson && search === filter.search;
}

function reveal(item: string): void {
  if (!told) awaited = item;
  const owner = told?.review.checklists.find(({ items }) => items.some(({ id }) => id === item));
  if (!owner || panel.hidden) return;
  if (owner.id !== checklist()?.id) choosePhase(owner.id);
  revealed = item;
  paint();
  list.reveal(item);
}

function toggleHelp(): void {
  help.hidden = !help.hidden;
  if (help.hidden) takeFocus(true);
  else help.querySelector('h2')?.focus();
}

/** Something on the page has the focus that is seen: what was hidden a moment ago still seems to have it. */
function hasFocus(): boolean {
  const { activeElement } = document;
  return activeElement !== null && main.contains(activeElement) && activeElement.checkVisibility();
}

/** Puts the focus on the current row, or on what there is; only where nothing has it unless it is `wanted`. */
function takeFocus(wanted: boolean): void {
  if (main.hidden || (!wanted && (!document.hasFocus() || document.activeElement !== document.body))) return;
  if (!panel.hidden && list.focus()) return;
  const stops = main.querySelectorAll<HTMLElement>(
    '[role=tab][tabindex="0"], :is(.face, .hidden, .strips) :is(vscode-button, button)',
  );
  [...stops].find((one) => one.checkVisibility())?.focus();
  if (!hasFocus()) header.heading.focus();
}

function itemOfFocus(): string | undefined {
  const { activeElement } = document;
  return pane.root.contains(activeElement) ? list.selected()?.id : list.itemAt(activeElement)?.id;
}

function stayAt(item: string | undefined): void {
  if (hovered === item) return;
  hovered = item;
  settle();
}

/** The pointer or the focus has left a row: it may have waited for that. */
function settle(): void {
  if (wakeUp !== undefined && told) {
    wakeUp = undefined;
    paint();
  }
}

function awaitPatience(): void {
  if (slow || patienceEnds !== undefined) return;
  patienceEnds = setTimeout(() => {
    patienceEnds = undefined;
    slow = isWaiting();
    main.hidden = false;
    paint();
  }, patience);
}

function keep(): void {
  if (told) api.setState({ ...list.state(), phase, filter, scroll: window.scrollY } satisfies PageState);
}
