import { type FieldShape, type HandoffField, handoffFields } from './format.ts';

/**
 * The JSON Schema of `backend_handoff.json`, with the texts that editors show. Draft 7: VS Code's JSON service validates it fully, 2020-12 only in parts.
 * `items` are the checklists' lines, `agents` the names of the roles.
 */
export function handoffSchema(
  items: readonly { readonly id: string; readonly title: string; readonly says: string }[],
  agents: readonly { readonly name: string; readonly takes: string }[],
): Readonly<Record<string, unknown>> {
  const completions: Readonly<Record<string, object>> = {
    next_agent: {
      // Other roles are allowed: a team may have its own.
      anyOf: [
        { enum: agents.map(({ name }) => name), enumDescriptions: agents.map(({ takes }) => takes) },
        { type: 'string' },
      ],
    },
    item: {
      anyOf: [
        { enum: items.map(({ id }) => id), enumDescriptions: items.map(({ title, says }) => `${title}. ${says}`) },
        { type: 'string' },
      ],
    },
  };
  const shapeOf = (shape: FieldShape): object => {
    switch (shape.type) {
      case 'string':
        return {
          type: 'string',
          ...(shape.pattern
            ? { pattern: shape.pattern.source, patternErrorMessage: `This has to be ${shape.patternSays ?? ''}.` }
            : {}),
          ...(shape.values ? { enum: shape.values } : {}),
        };
      case 'integer':
        return { type: 'integer', minimum: 1 };
      case 'strings':
        return { type: 'array', items: { type: 'string' } };
      case 'texts':
        return { type: 'array' };
      case 'records':
        return { type: 'array', items: objectOf(shape.fields) };
      case 'any':
        return {};
    }
  };
  const objectOf = (fields: readonly HandoffField[]): object => ({
    type: 'object',
    required: fields.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(
      fields.map(({ name, says, shape }) => [
        name,
        { description: plain(says), markdownDescription: says, ...shapeOf(shape), ...completions[name] },
      ]),
    ),
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Backend hand-off',
    description:
      'What the backend hands to the next role: the contract, the migrations, what has to run, what protects it, and what is still open.',
    ...objectOf(handoffFields),
    defaultSnippets: [
      {
        label: 'Hand-off',
        description: 'The five fields that every hand-off has',
        body: {
          api_spec: '${1:docs/living/API_Spec.yaml}',
          database_migrations: ['${2:migrations/001_initial_schema.sql}'],
          required_services: ['${3:auth-service}'],
          security_controls: ['${4:JWT validation}'],
          next_agent: '${5:Lead Engineer}',
          instructions: '$6',
        },
      },
    ],
  };
}

function plain(says: string): string {
  return says.replaceAll('`', '');
}
