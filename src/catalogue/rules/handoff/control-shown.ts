import { records, textOf, texts } from '../../../core/handoff/facts.ts';
import { outsideBecause } from '../../../core/handoff/format.ts';
import { didYouMean } from '../../../core/nearest.ts';
import { get } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';
import { lineIndex } from '../../../core/text.ts';

const lists = [
  ['security_control_evidence', 'control', 'security_controls'],
  ['required_service_evidence', 'service', 'required_services'],
] as const;

export default rule({
  id: 'handoff/control-shown',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/record-created'],
  requirements: ['R000-031', 'R000-032'],
  yieldsTo: ['handoff/syntax', 'handoff/path-exists'],
  says: 'Let every place that shows a control or names a service be a line that exists, for one that is in the list.',
  why: 'Whoever doubts a control looks at the place. A place that does not exist makes every other one doubtful too.',
  bad: [
    {
      'backend_handoff.json': `{
  "security_controls": ["JWT validation"],
  "required_services": [],
  "security_control_evidence": [
    { "control": "JWT validatoin", "file": "openapi.yaml", "line": 1 },
                 ^^^^^^^^^^^^^^^^ warning: \`JWT validatoin\` is shown and not in \`security_controls\`. Did you mean \`JWT validation\`?
    { "control": "JWT validation", "file": "openapi.yaml", "line": 40 }
                                                                   ^^ warning: openapi.yaml has no line 40: nobody can look there
  ]
}
`,
      'openapi.yaml': 'openapi: 3.1.0\ninfo:\n',
    },
  ],
  good: [
    {
      'backend_handoff.json': `{
  "security_controls": ["JWT validation", "Told by nobody"],
  "security_control_evidence": [{ "control": "JWT validation", "file": "openapi.yaml", "line": 2 }]
}
`,
      'openapi.yaml': 'openapi: 3.1.0\ninfo:\n',
    },
  ],
  *visit({ root, problems }, world) {
    if (problems.length > 0) return;
    for (const [list, field, all] of lists) {
      const named = new Set(texts(root, all).map(({ text }) => text));
      const counts = new Map<string, number | undefined>();
      for (const { node, pointer } of records(root, list)) {
        const own = textOf(node, field);
        if (own && !named.has(own.text)) {
          const message = `\`${own.text.slice(0, 60)}\` is shown and not in \`${all}\`.${didYouMean(own.text, named)}`;
          yield { at: own.at, message, symbol: `${pointer}/${field}` };
        }
        const file = textOf(node, 'file')?.text;
        const line = get(node, 'line');
        if (file === undefined || line?.kind !== 'scalar' || typeof line.value !== 'number') continue;
        if (outsideBecause(file) !== undefined) continue;
        if (!counts.has(file)) {
          const text = world.read(file);
          counts.set(file, text === undefined ? undefined : lineIndex(text).lineCount);
        }
        const count = counts.get(file);
        if (count !== undefined && (line.value < 1 || line.value > count)) {
          const message = `${file.slice(-60)} has no line ${line.value}: nobody can look there`;
          yield { at: line, message, symbol: `${pointer}/line` };
        }
      }
    }
  },
});
