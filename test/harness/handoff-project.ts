import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checklistItems } from '../../src/catalogue/checklists/all.ts';
import { rules } from '../../src/catalogue/rules.generated.ts';
import { faceWords, type ItemFace, type Review, type ReviewItem } from '../../src/core/review.ts';
import { isMigrationPath } from '../../src/core/sql/migrations.ts';
import { filesUnder } from '../../src/platform/files.ts';
import type { HandoffPorts } from '../../src/workflow/handoff/gather.ts';
import { configurationIn } from '../../src/workflow/handoff/project.ts';

/** A project on the disk, to hand over from. */
export interface HandoffProject {
  readonly root: string;
  put(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** `faces` of lines of the checklists; all others are met. */
  ports(faces?: Readonly<Record<string, ItemFace>>, more?: Partial<HandoffPorts>): HandoffPorts;
  remove(): void;
}

export const specification = `openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: https://api.shop.test/v1 }]
security: [{ token: [] }]
paths:
  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, maxLength: 36 } }
      responses:
        '200': { description: OK }
        '429': { description: Too many }
  /orders:
    post:
      responses: { '201': { description: Created } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer, bearerFormat: JWT }
    login: { type: openIdConnect, openIdConnectUrl: 'https://id.login.test/.well-known' }
  schemas:
    OrderItem: { type: object }
`;

export function handoffProject(): HandoffProject {
  const root = mkdtempSync(join(tmpdir(), 'handoff-'));
  return {
    root,
    put: (files) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
    },
    ports: (faces = {}, more = {}) => {
      const files = filesUnder(root);
      return {
        files,
        configuration: configurationIn(files, rules),
        isMigrationPath,
        review: async () => reviewWith(faces),
        commit: async () => '0123456789abcdef0123456789abcdef01234567',
        now: () => '2026-11-20T09:30:00Z',
        ...more,
      };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A review in which every line is met but those that are given another face. */
export function reviewWith(faces: Readonly<Record<string, ItemFace>>): Review {
  const items = checklistItems.map((item): ReviewItem => {
    const face = faces[item.id] ?? 'met';
    const verdict = { met: 'shows', signed: 'shows', broken: 'disproves', unshown: 'missing', stale: 'stale' } as const;
    return {
      ...item,
      state: face === 'signed' ? 'met' : face === 'waived' ? 'not-applicable' : face,
      face,
      word: faceWords[face],
      line: `The line of ${item.id}`,
      evidence: [
        {
          kind: 'rules',
          verdict: face === 'waived' || face === 'not-applicable' ? 'not-applicable' : verdict[face],
          text: `What is known of ${item.id}`,
        },
      ],
      lapsesWith: [],
      findings: [],
      findingCount: 0,
      actions: [],
    };
  });
  const titles = { plan: 'Plan', build: 'Build', handoff: 'Hand off', review: 'Code review' } as const;
  const counts = { open: 0, measured: 0, signed: 0, waived: 0, notApplicable: 0 };
  return {
    version: 1,
    madeAt: '2026-11-20T09:30:00Z',
    project: { name: 'shop' },
    hasDocuments: true,
    documents: 1,
    notAnalysed: [],
    refused: [],
    gate: 'handoff',
    checklists: (['plan', 'build', 'handoff', 'review'] as const).map((id) => {
      const own = items.filter(({ phase }) => phase === id);
      return { id, title: titles[id], ready: true, total: own.length, ...counts, verdict: '', items: own };
    }),
  };
}
