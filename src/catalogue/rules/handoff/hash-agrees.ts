import { records, textOf } from '../../../core/handoff/facts.ts';
import { outsideBecause } from '../../../core/handoff/format.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'handoff/hash-agrees',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax', 'handoff/path-exists'],
  says: 'Hand over the files that the hashes were taken of.',
  why: 'A hash that no longer fits says that the file changed after the hand-off was written: what was checked then is not what arrives.',
  bad: [
    {
      'backend_handoff.json': `{
  "artifacts": [
    { "path": "openapi.yaml", "sha256": "0000000000000000000000000000000000000000000000000000000000000000" }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: openapi.yaml changed after the hand-off was written: its hash is another one
  ]
}
`,
      'openapi.yaml': 'openapi: 3.1.0\n',
    },
  ],
  good: [
    {
      'backend_handoff.json': `{
  "artifacts": [
    { "path": "openapi.yaml", "sha256": "f39db8e8ede3dc2457c613e2a304e6d478f6e5ec660e4746464f41e76ac77006" },
    { "path": "notes.md" }
  ]
}
`,
      'openapi.yaml': 'openapi: 3.1.0\n',
      'notes.md': 'Notes\n',
    },
  ],
  fixed: [
    {
      'backend_handoff.json': `{
  "artifacts": [
    { "path": "openapi.yaml", "sha256": "f39db8e8ede3dc2457c613e2a304e6d478f6e5ec660e4746464f41e76ac77006" }
  ]
}
`,
      'openapi.yaml': 'openapi: 3.1.0\n',
    },
  ],
  *visit({ root, problems }, world) {
    if (problems.length > 0) return;
    for (const { node, pointer } of records(root, 'artifacts')) {
      const path = textOf(node, 'path');
      const said = textOf(node, 'sha256');
      if (!path || !said || outsideBecause(path.text) !== undefined || !/^[0-9a-f]{64}$/.test(said.text)) continue;
      const now = world.sha256(path.text);
      if (now === undefined || now === said.text) continue;
      yield {
        at: said.at,
        message: `${path.text.slice(-60)} changed after the hand-off was written: its hash is another one`,
        symbol: `${pointer}/sha256`,
        fix: {
          // Whether what changed may be handed over is for somebody to say.
          kind: 'refactoring',
          title: 'Hand over the file as it is now',
          *edits(editor) {
            yield editor.replace(said.at, JSON.stringify(now));
          },
        },
      };
    }
  },
});
