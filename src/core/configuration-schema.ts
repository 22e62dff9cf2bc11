import { canBeSilenced, levels } from './configuration.ts';
import type { ChecklistItem } from './checklist.ts';
import { scales } from './configuration-workflow.ts';
import type { Rule } from './rule.ts';

const text = (description: string): object => ({ type: 'string', minLength: 1, description });
const globs = (description: string): object => ({
  description,
  anyOf: [
    { type: 'array', items: { type: 'string', minLength: 1 } },
    { type: 'string', minLength: 1 },
  ],
});

const fileOnly = (description: string, usual: string): object => ({
  description,
  type: 'object',
  additionalProperties: false,
  properties: { file: text(`Path from the project’s root, with /. ${usual} where nothing is said.`) },
});

/** How the work is done. */
function workflowProperties(items: readonly Pick<ChecklistItem, 'id' | 'shownBy'>[]): Readonly<Record<string, object>> {
  const shown = items.filter(({ shownBy }) => shownBy.some(({ kind }) => kind === 'run')).map(({ id }) => id);
  return {
    commands: {
      description:
        'Commands that show checklist items when they pass, by name. They run only when a person asks for it.',
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z0-9_.:-]{1,40}$' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['run', 'inputs', 'shows'],
        properties: {
          run: text('The command, as it is given to the shell in the project’s root.'),
          inputs: globs('Path patterns of the files it depends on: a change makes what it showed out of date.'),
          shows: {
            description: 'The checklist items that it shows.',
            type: 'array',
            minItems: 1,
            items: { enum: shown },
          },
          timeout: {
            description: 'Seconds after which it is stopped. 600 where nothing is said.',
            type: 'number',
            minimum: 1,
            maximum: 86_400,
          },
        },
      },
    },
    scale: { description: 'What the work is meant for. A prototype needs no Control Manifest.', enum: scales },
    tasks: fileOnly('Where the tasks stand.', 'task.md'),
    handoff: fileOnly('Where the hand-off stands.', 'backend_handoff.json'),
    commit: {
      description: 'How commits are written.',
      type: 'object',
      additionalProperties: false,
      properties: {
        types: {
          description: 'The types that a commit may have.',
          type: 'array',
          minItems: 1,
          items: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,29}$' },
        },
      },
    },
  };
}

/** The JSON schema (draft 7, which every editor knows) of `backend-architect.yaml`, for the rules and the checklist items there are. */
export function configurationSchema(
  rules: readonly Pick<Rule, 'id' | 'says' | 'severity'>[],
  items: readonly Pick<ChecklistItem, 'id' | 'shownBy'>[] = [],
): Readonly<Record<string, unknown>> {
  const byId = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Backend Architect',
    description: 'What Backend Architect checks in this project, read by the editor and by the command line.',
    type: 'object',
    additionalProperties: false,
    properties: {
      rules: { $ref: '#/definitions/rules' },
      include: globs('Only documents that fit one of these patterns are checked. Everything where nothing is said.'),
      exclude: globs('Documents that fit one of these patterns are not checked. This has the last word.'),
      overrides: {
        description: 'Severities for some of the files. Of several that fit, the last one counts.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files', 'rules'],
          properties: {
            files: globs('Path patterns of the files that are meant.'),
            rules: { $ref: '#/definitions/rules' },
          },
        },
      },
      disables: {
        description:
          'Findings that are accepted, each with its reason: for JSON, and for files that may not be edited.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['rule', 'file', 'reason'],
          properties: {
            rule: { $ref: '#/definitions/rule' },
            file: text('Path from the project’s root, with /.'),
            at: { type: 'string', description: 'JSON pointer or table. The whole file where nothing is said.' },
            reason: text('Why the rule does not apply here.'),
            until: {
              description: 'The last day it counts, YYYY-MM-DD.',
              type: 'string',
              pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
            },
          },
        },
      },
      ...workflowProperties(items),
    },
    definitions: {
      level: { description: 'What a finding of the rule counts for.', enum: levels },
      rule: { description: 'A rule’s id.', enum: byId.map(({ id }) => id).filter(canBeSilenced) },
      rules: {
        description: 'Severities by rule.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          byId.map(({ id, says, severity }) => [
            id,
            canBeSilenced(id)
              ? { description: `${says} (${severity} where nothing is said)`, allOf: [{ $ref: '#/definitions/level' }] }
              : { description: `${says} (always an error)`, enum: ['error'] },
          ]),
        ),
      },
    },
  };
}
