// Writes THIRD-PARTY-NOTICES.txt: the licences of every package whose code is in the bundles. `--check` compares instead.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
}

const file = 'THIRD-PARTY-NOTICES.txt';
/** Licences that let us bundle; anything else stops the build. */
const allowed =
  /^\(?(?:MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|Unlicense|BlueOak-1\.0\.0|PostgreSQL|MIT OR \S+)\)?$/;

function packageOf(input: string): string | undefined {
  let folder = dirname(input);
  while (folder.includes('node_modules')) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name !== undefined)
      return folder;
    folder = dirname(folder);
  }
  return undefined;
}

/** The notices for what the bundles of `metafile` hold. Throws for a licence we have not agreed to. */
export function notices(metafile: Metafile): string {
  const folders = new Set(Object.keys(metafile.inputs).flatMap((input) => packageOf(input) ?? []));
  folders.add('node_modules/libpg-query');
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      'name' | 'version' | 'license',
      string
    >;
    if (!allowed.test(license))
      throw new Error(`${name}@${version}: the licence ${license} is not one we bundle. Look for another package.`);
    const own = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = own === undefined ? `Licensed under ${license}.` : readFileSync(join(folder, own), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n')}\n`;
  });
  const rule = `\n${'-'.repeat(78)}\n\n`;
  return `Backend Architect contains code of the following packages.\n${rule}${parts.join(rule)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = notices(JSON.parse(readFileSync('.cache/metafile.json', 'utf8')) as Metafile);
  if (process.argv.includes('--check')) {
    if (!existsSync(file) || readFileSync(file, 'utf8') !== made) {
      console.error(`${file} is not up to date. Run: npm run docs`);
      process.exitCode = 1;
    }
  } else writeFileSync(file, made);
}
