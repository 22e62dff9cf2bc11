import type { Artifact, ChecklistItem, Source } from '../../core/checklist.ts';
import { severityOf } from '../../core/configuration.ts';
import type { RunRecord, WordRecord } from '../../core/evidence.ts';
import type { Finding } from '../../core/finding.ts';
import { type Evidence, type ItemFace, type ItemState, faceWords, type ReviewItem } from '../../core/review.ts';
import type { Claim, Refused } from '../evidence/judge.ts';
import { actionsOf } from './actions.ts';
import { artifactEvidence } from './artifacts.ts';
import type { ReviewCommand } from './commands.ts';
import { type Facts, lapsesOf, type ReviewInput } from './facts.ts';
import { baseName, counted, dayOf, durationText, evidenceText, lineText, placeOf } from './words.ts';

/** So many findings are listed with an item. */
const mostFindings = 200;

/** Evidence with what its item's line says of it. */
export interface Told extends Evidence {
  readonly line: string;
}

/** What came of one item before it is worded. */
export interface Standing {
  readonly state: ItemState;
  readonly face: ItemFace;
  readonly line: string;
  readonly evidence: readonly Told[];
}

/** Everything that is said of one item. */
export interface ItemMaterial {
  readonly item: ChecklistItem;
  /** Errors and warnings of rules that disprove it, worst first. */
  readonly findings: readonly Finding[];
  /** Believed records that speak for it, the newest first. */
  readonly claims: readonly Claim[];
  readonly refused: readonly Refused[];
  /** Commands that show it. */
  readonly commands: readonly ReviewCommand[];
}

/** One line of a checklist, judged. */
export function reviewItem(material: ItemMaterial, facts: Facts, input: ReviewInput): ReviewItem {
  const { item, findings, commands } = material;
  const standing = standingOf(material, facts, input);
  const { state, face, line, evidence } = standing;
  const inputs = [...new Set(commands.flatMap((command) => command.inputs))];
  return {
    id: item.id,
    phase: item.phase,
    title: item.title,
    says: item.says,
    why: item.why,
    requirements: item.requirements,
    state,
    face,
    word: faceWords[face],
    line: lineText(line),
    evidence: evidence.map(evidenceOf),
    lapsesWith: [...new Set([...artifactFiles(evidence), ...inputs, ...lapsesOf(item, facts)])],
    findings: findings.slice(0, mostFindings),
    findingCount: findings.length,
    actions: actionsOf(material, standing),
  };
}

function evidenceOf({ kind, verdict, text, at, file, record, changed }: Told): Evidence {
  return {
    kind,
    verdict,
    text: evidenceText(text),
    ...(at === undefined ? {} : { at }),
    ...(file === undefined ? {} : { file }),
    ...(record === undefined ? {} : { record }),
    ...(changed === undefined ? {} : { changed }),
  };
}

function artifactFiles(evidence: readonly Evidence[]): readonly string[] {
  return evidence.flatMap(({ kind, file }) => (kind === 'artifact' && file !== undefined ? [file] : []));
}

function standingOf(material: ItemMaterial, facts: Facts, input: ReviewInput): Standing {
  const { item, claims, refused } = material;
  const not = refused.map(({ kind, file, reason }): Told => {
    return {
      kind,
      verdict: 'refused',
      text: `${baseName(file)} is not believed. ${reason}`,
      line: 'A record is not believed',
      file,
    };
  });
  const waivers = claims.flatMap((claim) =>
    claim.record.kind === 'waiver' ? [waiverEvidence(claim, claim.record)] : [],
  );
  const disproved = disproofs(material, facts);
  const waived = waivers.find(({ verdict }) => verdict === 'not-applicable');
  if (waived)
    return { state: 'not-applicable', face: 'waived', line: waived.line, evidence: [waived, ...disproved, ...not] };
  const moot = mootText(item, facts, input);
  if (moot !== undefined && disproved.length === 0) {
    const own: Told = { kind: 'artifact', verdict: 'not-applicable', text: moot, line: moot };
    return { state: 'not-applicable', face: 'not-applicable', line: moot, evidence: [own, ...not] };
  }
  // Rules that found something show nothing, whatever the others did not find.
  const sources = item.shownBy.filter(({ kind }) => kind !== 'rules' || disproved.length === 0);
  const proofs = sources.flatMap((source) => proof(source, material, facts, input));
  const all = [...disproved, ...proofs, ...waivers, ...not];
  const broken = all.find(({ verdict }) => verdict === 'disproves');
  if (broken) return { state: 'broken', face: 'broken', line: broken.line, evidence: withoutMissing(worstFirst(all)) };
  return weigh(item, worstFirst(all), material);
}

const weights: Readonly<Record<Evidence['verdict'], number>> = {
  disproves: 0,
  stale: 1,
  missing: 2,
  shows: 3,
  'not-applicable': 4,
  refused: 5,
};

function worstFirst(evidence: readonly Told[]): readonly Told[] {
  return [...evidence].sort((a, b) => weights[a.verdict] - weights[b.verdict]);
}

/**
 * An item is as good as its worst evidence: what is out of date makes it so, whatever else shows it, but what was measured later outweighs what was
 * said before. Something must show it; where commands do, all of them, unless a person's word stands beside.
 */
function weigh(item: ChecklistItem, all: readonly Told[], { commands }: ItemMaterial): Standing {
  const shows = (kind: Evidence['kind']): Told | undefined =>
    all.find((one) => one.kind === kind && one.verdict === 'shows');
  const stale = all.filter(({ verdict, kind }) => verdict === 'stale' && kind !== 'waiver');
  const ran = shows('run');
  const runs = all.filter(({ kind, verdict }) => kind === 'run' && verdict === 'shows').length;
  const allRan = ran !== undefined && runs === commands.length;
  const outweighed = (one: Told): boolean =>
    one.kind === 'word' &&
    ((allRan && (ran.at ?? '') > (one.at ?? '')) || shows('rules') !== undefined || shows('artifact') !== undefined);
  const left = stale.filter((one) => !outweighed(one));
  const evidence = all.filter((one) => one.verdict !== 'stale' || !outweighed(one));
  const [worst] = left;
  if (worst) return { state: 'stale', face: 'stale', line: worst.line, evidence };
  const measured = shows('rules') ?? shows('artifact') ?? (allRan ? ran : undefined);
  if (measured) return { state: 'met', face: 'met', line: measured.line, evidence: withoutMissing(evidence) };
  const word = shows('word');
  if (word) return { state: 'met', face: 'signed', line: word.line, evidence: withoutMissing(evidence) };
  return { state: 'unshown', face: 'unshown', line: missingLine(item, evidence, commands.length), evidence };
}

/** What could also have shown it is of no interest where it is shown. */
function withoutMissing(evidence: readonly Told[]): readonly Told[] {
  return evidence.filter(({ verdict }) => verdict !== 'missing');
}

function missingLine(item: ChecklistItem, evidence: readonly Told[], commands: number): string {
  const specific = evidence.find(
    ({ verdict, kind }) => verdict === 'missing' && (kind === 'artifact' || kind === 'rules'),
  );
  if (specific) return specific.line;
  const refused = evidence.find(({ verdict }) => verdict === 'refused');
  if (refused) return refused.line;
  const can = (kind: Source['kind']): boolean => item.shownBy.some((source) => source.kind === kind);
  if (commands > 1 && evidence.some(({ kind, verdict }) => kind === 'run' && verdict === 'shows'))
    return (
      evidence.find(({ kind, verdict }) => kind === 'run' && verdict === 'missing')?.line ?? 'Not all commands ran'
    );
  if (can('run') && can('word')) return 'No run, no sign-off';
  return can('run') ? 'No run' : 'No sign-off';
}

function mootText(item: ChecklistItem, facts: Facts, { configuration }: ReviewInput): string | undefined {
  if (item.moot === 'prototype' && configuration.scale === 'prototype') return 'The configuration says: a prototype';
  if (item.moot === 'no-migrations' && !facts.hasDatabase) return 'No migration and no database schema found';
  return undefined;
}

/** Findings that disprove the item, one piece of evidence a rule. */
function disproofs({ item, findings }: ItemMaterial, facts: Facts): readonly Told[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const own = byRule.get(finding.rule);
    if (own) own.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  const [first] = findings;
  if (!first) return [];
  const line =
    operationsLine(item, findings, facts) ?? `${counted(findings.length, 'finding')}, first ${placeOf(first)}`;
  return [...byRule].map(([rule, own]): Told => {
    const [one = first] = own;
    const more = own.length > 1 ? `${counted(own.length, 'finding')}, first ` : '';
    return {
      kind: 'rules',
      verdict: 'disproves',
      text: `${rule}: ${more}${placeOf(one)}: ${one.message}`,
      line,
      file: one.file,
    };
  });
}

/** `12 of 14 operations`, where the findings are one an operation. */
function operationsLine(item: ChecklistItem, findings: readonly Finding[], { operations }: Facts): string | undefined {
  const own = item.shownBy.find((source) => source.kind === 'rules');
  if (!own || operations === 0 || findings.some(({ rule }) => rule !== own.rules[0])) return undefined;
  const places = findings.reduce((sum, { related }) => sum + 1 + related.length, 0);
  return places <= operations ? `${operations - places} of ${counted(operations, 'operation')}` : undefined;
}

function proof(source: Source, material: ItemMaterial, facts: Facts, input: ReviewInput): readonly Told[] {
  switch (source.kind) {
    case 'rules':
      return [ruleEvidence(source, facts, input)];
    case 'artifact':
      return artifactEvidence(source.artifact satisfies Artifact, facts, input);
    case 'run':
      return runEvidence(material);
    case 'word':
      return wordEvidence(material);
  }
}

/** Rules that decide an item wholly, where none of them found anything. */
function ruleEvidence(
  { rules }: Extract<Source, { kind: 'rules' }>,
  { openApi, operations, unread }: Facts,
  { configuration, rules: all }: ReviewInput,
): Told {
  const missing = (text: string, line: string, file?: string): Told => {
    return { kind: 'rules', verdict: 'missing', text, line, ...(file === undefined ? {} : { file }) };
  };
  const [gap] = unread.openapi;
  if (gap)
    return missing(`${gap.file} was not analysed. ${gap.reason}`, `Could not check ${baseName(gap.file)}`, gap.file);
  if (openApi.length === 0) return missing('No OpenAPI document was found.', 'No OpenAPI document');
  if (operations === 0) return missing('No operation was found in the OpenAPI documents.', 'No operation is described');
  const known = all.filter(({ id }) => rules.includes(id));
  for (const { file } of openApi) {
    const quiet = known.find((rule) => !['error', 'warning'].includes(severityOf(configuration, rule, file)));
    if (quiet)
      return missing(
        `${quiet.id} does not count as an error or a warning for ${file}, so it shows nothing.`,
        `${quiet.id} is switched off`,
        file,
      );
  }
  const what = `${counted(operations, 'operation')} in ${counted(openApi.length, 'document')}`;
  return {
    kind: 'rules',
    verdict: 'shows',
    text: `${what}: ${rules.join(' and ')} found nothing`,
    line: `All ${counted(operations, 'operation')}`,
  };
}

function runEvidence({ item, claims, commands }: ItemMaterial): readonly Told[] {
  const runs = claims.filter((claim): claim is Claim<RunRecord> => claim.record.kind === 'run');
  const told = runs.flatMap((claim) => {
    const { name } = claim.record;
    const command = commands.find((one) => one.name === name);
    // The command is there, and speaks for other items now.
    return command || claim.stale !== undefined ? [runTold(claim)] : [];
  });
  const missing = commands.filter(({ name }) => !runs.some(({ record }) => record.name === name));
  for (const { name, run, foundIn } of missing) {
    const from = foundIn === undefined ? '' : `, found in ${foundIn}`;
    told.push({
      kind: 'run',
      verdict: 'missing',
      text: `${name} has not run (${run}${from})`,
      line: `${name} has not run`,
    });
  }
  if (commands.length === 0 && told.length === 0) {
    const how = `Name one under \`commands\` in backend-architect.yaml that \`shows: [${item.id}]\``;
    told.push({ kind: 'run', verdict: 'missing', text: `No command shows it. ${how}.`, line: 'No run' });
  }
  return told;
}

function runTold({ id, file, record, stale, changed }: Claim<RunRecord>): Told {
  const { name, command, exit, durationMs, at } = record;
  const about = { kind: 'run', at, file, record: id } as const;
  if (stale !== undefined) {
    const before = exit === 0 ? 'passed' : 'failed';
    return { ...about, verdict: 'stale', text: `${name} ${before} before: ${stale}`, line: stale, changed };
  }
  const time = durationText(durationMs);
  if (exit === 0)
    return {
      ...about,
      verdict: 'shows',
      text: `${name} passed in ${time}: ${command}`,
      line: `${name} passed in ${time}, ${dayOf(at)}`,
    };
  const how = exit < 0 ? 'was stopped' : `failed with exit code ${exit}`;
  return {
    ...about,
    verdict: 'disproves',
    text: `${name} ${how} after ${time}: ${command}`,
    line: `${name} ${how}, ${dayOf(at)}`,
  };
}

function wordEvidence({ claims }: ItemMaterial): readonly Told[] {
  const words = claims.filter((claim): claim is Claim<WordRecord> => claim.record.kind === 'word');
  const fresh = words.filter(({ stale }) => stale === undefined);
  // A newer word takes the place of those that are out of date.
  const counted = fresh.length > 0 ? fresh : words.slice(0, 1);
  if (counted.length === 0)
    return [{ kind: 'word', verdict: 'missing', text: 'Nobody has signed it off.', line: 'No sign-off' }];
  return counted.map(({ id, file, record, stale, changed }): Told => {
    const { by, note, at, commit } = record;
    const about = { kind: 'word', at, file, record: id } as const;
    if (stale !== undefined)
      return { ...about, verdict: 'stale', text: `${by.name} signed it before: ${stale}`, line: stale, changed };
    const where = commit === undefined ? '' : `, ${commit.slice(0, 7)}`;
    return { ...about, verdict: 'shows', text: `${by.name}: ${note}`, line: `${by.name}${where}, ${dayOf(at)}` };
  });
}

function waiverEvidence({ id, file, stale }: Claim, record: Extract<Claim['record'], { kind: 'waiver' }>): Told {
  const { by, reason, until, at } = record;
  const about = { kind: 'waiver', at, file, record: id } as const;
  if (stale !== undefined) return { ...about, verdict: 'stale', text: `${stale}. ${by.name}: ${reason}`, line: stale };
  return {
    ...about,
    verdict: 'not-applicable',
    text: `${by.name}, until ${until}: ${reason}`,
    line: `Until ${until}: ${reason}`,
  };
}
