import type { Configuration } from '../core/configuration.ts';
import type { RawFinding } from '../core/finding.ts';
import type { RuleMeta } from '../core/rule.ts';
import type { TextEdit } from '../core/text.ts';
import type { WholeDialect, WholeSource, WholeWorld } from '../core/whole.ts';

/** The world as rules over whole documents ask for it. */
export type WholePorts = Pick<WholeWorld, 'read' | 'kind' | 'sha256'>;

/** Documents that are read whole, judged at every change: task files, hand-off files, commit messages. */
export interface LiveWhole {
  judge(dialect: WholeDialect, source: WholeSource, configuration: Configuration): readonly RawFinding[];
  planFix(
    dialect: WholeDialect,
    source: WholeSource,
    configuration: Configuration,
    finding: RawFinding,
  ): readonly TextEdit[] | undefined;
  /** Documents whose rules asked for one of these files. */
  askedFor(files: ReadonlySet<string>): readonly string[];
  forget(file: string): void;
}

export function liveWhole(rules: readonly RuleMeta[], ports: WholePorts, today: () => string): LiveWhole {
  const asked = new Map<string, ReadonlySet<string>>();
  const worldFor = (configuration: Configuration, reads: Set<string>): WholeWorld => {
    const noted =
      <T>(ask: (path: string) => T) =>
      (path: string): T => {
        reads.add(path);
        return ask(path);
      };
    return {
      read: noted((path) => ports.read(path)),
      kind: noted((path) => ports.kind(path)),
      sha256: noted((path) => ports.sha256(path)),
      configuration,
      today: today(),
    };
  };
  return {
    judge: (dialect, source, configuration) => {
      const reads = new Set<string>();
      const found = dialect.judge(source, rules, worldFor(configuration, reads));
      asked.set(source.file, reads);
      return found;
    },
    planFix: (dialect, source, configuration, finding) =>
      dialect.planFix(source, rules, worldFor(configuration, new Set()), finding),
    askedFor: (files) =>
      [...asked].flatMap(([file, reads]) => ([...reads].some((one) => files.has(one)) ? [file] : [])),
    forget: (file) => void asked.delete(file),
  };
}
