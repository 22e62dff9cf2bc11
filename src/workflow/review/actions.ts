import type { Finding } from '../../core/finding.ts';
import type { ItemAction } from '../../core/review.ts';
import type { ItemMaterial, Standing } from './item.ts';

/** What a person can do about an item, in a sensible order: the first one is the row's button. */
export function actionsOf(material: ItemMaterial, { face, evidence }: Standing): readonly ItemAction[] {
  const { item, findings, commands } = material;
  const runs = commands.map(({ name, run }): ItemAction => ({ kind: 'run', name, command: run }));
  const can = (kind: string): boolean => item.shownBy.some((source) => source.kind === kind);
  const sign: readonly ItemAction[] = can('word') ? [{ kind: 'sign' }] : [];
  const waive: ItemAction = { kind: 'waive' };
  const records = evidence.filter(
    ({ kind, verdict }) => (kind === 'word' || kind === 'waiver') && verdict !== 'refused',
  );
  const withdraw = records.flatMap(({ record }): ItemAction[] =>
    record === undefined ? [] : [{ kind: 'withdraw', record }],
  );
  const files = [
    ...new Set(evidence.flatMap(({ file, verdict }) => (file === undefined || verdict === 'disproves' ? [] : [file]))),
  ];
  const open = files.map((file): ItemAction => ({ kind: 'open', file }));
  const own = item.shownBy.flatMap((source): ItemAction[] => {
    if (source.kind !== 'artifact') return [];
    if (source.artifact === 'handoff') return [{ kind: 'write-handoff' }];
    return source.artifact === 'tasks' ? [{ kind: 'create-task' }] : [];
  });
  switch (face) {
    case 'broken':
      return findings.length > 0
        ? [{ kind: 'go' }, ...fixAll(findings), { kind: 'create-task' }, ...runs, ...open, waive]
        : [...runs, { kind: 'create-task' }, ...open, waive];
    case 'unshown':
      return [...own, ...runs, ...sign, ...open, waive];
    case 'stale': {
      const measured = evidence.find(({ verdict }) => verdict === 'stale')?.kind === 'run';
      return [...(measured ? [...runs, ...sign] : [...sign, ...runs]), ...withdraw, ...open, waive];
    }
    case 'met':
      return [...(open.length > 0 ? open : runs), ...(open.length > 0 ? runs : []), ...(can('artifact') ? own : [])];
    case 'signed':
      return [...open, ...withdraw, ...runs, ...sign];
    case 'waived':
      return [...open, ...withdraw];
    case 'not-applicable':
      return [...sign, waive];
  }
}

/** Safe repairs, one action for each rule and file, the most numerous first. */
function fixAll(findings: readonly Finding[]): readonly ItemAction[] {
  const groups = new Map<string, { readonly rule: string; readonly file: string; count: number }>();
  for (const { rule, file, fix } of findings) {
    if (fix?.kind !== 'safe') continue;
    const key = `${rule}\n${file}`;
    const own = groups.get(key) ?? { rule, file, count: 0 };
    own.count++;
    groups.set(key, own);
  }
  return [...groups.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map((one) => ({ kind: 'fix-all', ...one }));
}
