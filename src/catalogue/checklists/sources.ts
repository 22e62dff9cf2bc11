import type { Artifact, Source, Subject } from '../../core/checklist.ts';

/** What shows items, and what words lapse with, under the names by which the checklists use them. */
export const byRun: Source = { kind: 'run' };
export const byWord: Source = { kind: 'word' };
export const byArtifact = (artifact: Artifact): Source => ({ kind: 'artifact', artifact });

export const contract: Subject = { documents: 'openapi' };
export const migrations: Subject = { documents: 'sql' };

/** Source code in the languages that backends are written in, tests among it. */
export const code: Subject = {
  files: [
    '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,go,rs,java,kt,kts,scala,rb,php,cs,fs,ex,exs,erl,clj,swift,c,cc,cpp,h,hpp}',
  ],
};

/** How a project is put together and set up. */
export const setup: Subject = {
  files: [
    'package.json',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'go.mod',
    'Cargo.toml',
    'requirements*.txt',
    'pyproject.toml',
    'pom.xml',
    'build.gradle*',
    'Gemfile',
    'composer.json',
  ],
};

export const services: Subject = { files: ['backend_services.md', 'Dockerfile*', '*compose*.{yml,yaml}'] };
export const readme: Subject = { files: ['README*'] };
export const environment: Subject = { files: ['.env.example', '.env.sample', '.env.template', '*.env.example'] };
export const manifest: Subject = { files: ['*{C,c}ontrol*{M,m}anifest*'] };
export const tasks: Subject = { files: ['task.md'] };
