import type { CheckReport, ToReportPage } from '../src/server/protocol.ts';
import { areTexts, isCount, isListOf, isObject, isRange } from './messages.ts';

/** A message for the page of the check report, as it has to be. */
export function isReportMessage(value: unknown): value is ToReportPage {
  if (!isObject(value)) return false;
  switch (value['kind']) {
    case 'report':
      return isReport(value['report']);
    case 'busy':
      return typeof value['busy'] === 'boolean';
    case 'notice':
      return typeof value['text'] === 'string';
    default:
      return false;
  }
}

function isReport(value: unknown): value is CheckReport {
  if (!isObject(value) || !isCount(value['madeAt']) || !isCount(value['documents'])) return false;
  const { files, groups, notAnalysed } = value;
  if (!isListOf(files, (one) => areTexts(one, ['uri', 'path']))) return false;
  const isFile = (index: unknown): boolean => isCount(index) && index < files.length;
  return (
    isListOf(
      notAnalysed,
      (one) => areTexts(one, ['reason']) && isFile(one['file']) && typeof one['partly'] === 'boolean',
    ) &&
    isListOf(
      groups,
      (group) =>
        areTexts(group, ['rule', 'severity', 'says', 'page']) &&
        ['error', 'warning', 'info', 'hint'].includes(String(group['severity'])) &&
        isListOf(
          group['findings'],
          (one) => areTexts(one, ['message', 'fingerprint']) && isFile(one['file']) && isRange(one['range']),
        ),
    )
  );
}
