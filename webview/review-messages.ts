import type { ItemFace, PageFace, Phase, Review, ReviewFilter, ToReviewPage } from '../src/server/protocol-review.ts';
import {
  areCounts,
  areTexts,
  isCount,
  isListOf,
  isObject,
  isRange,
  isTextList,
  type Loose,
  mayBeTexts,
} from './messages.ts';

/** Written as tables, so that the compiler misses none. */
const phases: Readonly<Record<Phase, true>> = { plan: true, build: true, handoff: true, review: true };
const itemFaces: Readonly<Record<ItemFace, true>> = {
  broken: true,
  unshown: true,
  stale: true,
  met: true,
  signed: true,
  waived: true,
  'not-applicable': true,
};
const pageFaces: Readonly<Record<PageFace, true>> = {
  loading: true,
  'no-folder': true,
  stopped: true,
  off: true,
  live: true,
};
type Evidence = Review['checklists'][number]['items'][number]['evidence'][number];
const kinds: Readonly<Record<Evidence['kind'], true>> = {
  rules: true,
  run: true,
  artifact: true,
  word: true,
  waiver: true,
};
const verdicts: Readonly<Record<Evidence['verdict'], true>> = {
  shows: true,
  disproves: true,
  stale: true,
  missing: true,
  refused: true,
  'not-applicable': true,
};
const severities: readonly unknown[] = ['error', 'warning', 'info', 'hint'];

/** A message for the review page, as it has to be. */
export function isReviewMessage(value: unknown): value is ToReviewPage {
  if (!isObject(value)) return false;
  switch (value['kind']) {
    case 'review':
      return (
        isFolder(value['folder']) &&
        isListOf(value['folders'], isFolder) &&
        typeof value['trusted'] === 'boolean' &&
        isReview(value['review'])
      );
    case 'face':
      return isOneOf(pageFaces, value['face']);
    case 'running':
      return isObject(value['items']) && Object.values(value['items']).every(isSeconds);
    case 'checking':
      return areCounts(value, ['done', 'total']);
    case 'filter':
      return isFilter(value['filter']);
    case 'reveal':
      return typeof value['item'] === 'string';
    case 'notice':
      return typeof value['text'] === 'string';
    default:
      return false;
  }
}

export function isPhase(value: unknown): value is Phase {
  return isOneOf(phases, value);
}

export function isFilter(value: unknown): value is ReviewFilter {
  return (
    isObject(value) &&
    typeof value['openOnly'] === 'boolean' &&
    typeof value['needsPerson'] === 'boolean' &&
    typeof value['search'] === 'string'
  );
}

function isFolder(value: unknown): boolean {
  return isObject(value) && areTexts(value, ['uri', 'name']);
}

function isReview(value: unknown): boolean {
  if (!isObject(value) || value['version'] !== 1) return false;
  const { project } = value;
  return (
    areTexts(value, ['madeAt']) &&
    isObject(project) &&
    areTexts(project, ['name']) &&
    mayBeTexts(project, ['branch', 'commit']) &&
    (project['changed'] === undefined || isCount(project['changed'])) &&
    typeof value['hasDocuments'] === 'boolean' &&
    isCount(value['documents']) &&
    isListOf(value['notAnalysed'], (one) => areTexts(one, ['file', 'reason'])) &&
    isListOf(value['refused'], (one) => areTexts(one, ['file', 'reason'])) &&
    isPhase(value['gate']) &&
    isListOf(value['checklists'], isChecklist)
  );
}

function isChecklist(value: Loose): boolean {
  return (
    isPhase(value['id']) &&
    areTexts(value, ['title', 'verdict']) &&
    typeof value['ready'] === 'boolean' &&
    areCounts(value, ['open', 'total', 'measured', 'signed', 'waived', 'notApplicable']) &&
    isListOf(value['items'], isItem)
  );
}

function isItem(value: Loose): boolean {
  return (
    areTexts(value, ['id', 'title', 'says', 'why', 'state', 'word', 'line']) &&
    isPhase(value['phase']) &&
    isOneOf(itemFaces, value['face']) &&
    isTextList(value['requirements']) &&
    isTextList(value['lapsesWith']) &&
    isCount(value['findingCount']) &&
    isListOf(value['evidence'], isEvidence) &&
    isListOf(value['findings'], isFinding) &&
    isListOf(value['actions'], isAction)
  );
}

function isEvidence(value: Loose): boolean {
  return (
    isOneOf(kinds, value['kind']) &&
    isOneOf(verdicts, value['verdict']) &&
    areTexts(value, ['text']) &&
    mayBeTexts(value, ['at', 'file', 'record']) &&
    (value['changed'] === undefined || isTextList(value['changed']))
  );
}

function isFinding(value: Loose): boolean {
  return (
    areTexts(value, ['file', 'rule', 'message', 'fingerprint']) &&
    severities.includes(value['severity']) &&
    isRange(value['range'])
  );
}

function isAction(value: Loose): boolean {
  switch (value['kind']) {
    case 'go':
    case 'create-task':
    case 'sign':
    case 'waive':
    case 'write-handoff':
      return true;
    case 'fix-all':
      return areTexts(value, ['rule', 'file']) && isCount(value['count']);
    case 'run':
      return areTexts(value, ['name', 'command']);
    case 'withdraw':
      return areTexts(value, ['record']);
    case 'open':
      return areTexts(value, ['file']);
    default:
      return false;
  }
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isOneOf<Name extends string>(table: Readonly<Record<Name, true>>, value: unknown): value is Name {
  return typeof value === 'string' && Object.hasOwn(table, value);
}
