import { textOf } from '../../../core/handoff/facts.ts';
import { migrationFolders, outsideBecause } from '../../../core/handoff/format.ts';
import { rule } from '../../../core/rule.ts';
import type { WholeWorld } from '../../../core/whole.ts';

export default rule({
  id: 'handoff/path-exists',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created'],
  requirements: ['R000-029', 'R000-030', 'R001-067'],
  yieldsTo: ['handoff/syntax'],
  says: 'Name only files that are there, by their paths from the project’s root.',
  why: 'The next role opens what the hand-off names. A file that is missing, or that lies outside of the repository, does not arrive with it.',
  bad: [
    {
      'backend_handoff.json': `{
  "api_spec": "docs/openapi.yaml",
              ^^^^^^^^^^^^^^^^^^^ error: The next role finds no docs/openapi.yaml: it is not in the project
  "database_migrations": ["001_users.sql", "002_orders.sql", "../003_x.sql"],
                                           ^^^^^^^^^^^^^^^^ error: The next role finds no 002_orders.sql: write its path from the project’s root
                                                             ^^^^^^^^^^^^^^ error: The next role cannot open ../003_x.sql: it leads out of the project
  "artifacts": [{ "path": "C:\\\\api.yaml" }, { "path": "migrations" }]
                          ^^^^^^^^^^^^^^ error: The next role cannot open C:\\api.yaml: it is no path from the project’s root
                                                      ^^^^^^^^^^^^ error: The next role cannot open migrations: it is a folder
}
`,
      'migrations/001_users.sql': 'CREATE TABLE users (id uuid PRIMARY KEY);\n',
    },
  ],
  good: [
    {
      'backend_handoff.json': `{
  "api_spec": "docs/openapi.yaml",
  "database_migrations": ["001_users.sql", "migrations/001_users.sql"],
  "artifacts": [{ "path": "docs/openapi.yaml" }],
  "security_control_evidence": [{ "control": "HTTPS", "file": "docs/openapi.yaml", "line": 1 }]
}
`,
      'docs/openapi.yaml': 'openapi: 3.1.0\n',
      'migrations/001_users.sql': 'CREATE TABLE users (id uuid PRIMARY KEY);\n',
    },
  ],
  *visit({ paths, problems }, world) {
    if (problems.length > 0) return;
    const folders = new Set(migrationFolders);
    // Where one migration is named by its path, the others lie beside it.
    for (const { what, text, record } of paths) {
      const isMigration = what === 'migration' || (record && textOf(record, 'kind')?.text === 'migration');
      if (isMigration === true && text.includes('/')) folders.add(text.slice(0, text.lastIndexOf('/')));
    }
    for (const { text, at, pointer: symbol, what } of paths) {
      const shown = shortened(text);
      const outside = outsideBecause(text);
      if (outside !== undefined) {
        const message =
          outside === 'is empty'
            ? 'The next role finds nothing here: the path is empty'
            : `The next role cannot open ${shown}: it ${outside}`;
        yield { at, message, symbol };
        continue;
      }
      const kind = world.kind(text);
      if (kind === 'file') continue;
      // Some tools give every migration a folder.
      if (what === 'migration' && (kind === 'folder' || isBesides(text, folders, world))) continue;
      if (kind === 'folder') yield { at, message: `The next role cannot open ${shown}: it is a folder`, symbol };
      else {
        const bare = what === 'migration' && !text.includes('/');
        const why = bare ? 'write its path from the project’s root' : 'it is not in the project';
        yield { at, message: `The next role finds no ${shown}: ${why}`, symbol };
      }
    }
  },
});

function isBesides(name: string, folders: ReadonlySet<string>, world: WholeWorld): boolean {
  if (name.includes('/')) return false;
  for (const folder of folders) if (world.kind(`${folder}/${name}`) !== undefined) return true;
  return false;
}

function shortened(path: string): string {
  const one = path.replaceAll(/\p{Cc}/gu, '\uFFFD');
  return one.length > 60 ? `…${one.slice(-59)}` : one;
}
