import { majority, type NameStyle, styleOf } from '../../../core/openapi/names.ts';
import { silent } from '../../../core/openapi/schemas.ts';
import { get, type MapNode, type Node } from '../../../core/openapi/tree.ts';
import type { CollectedValue, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

/** From as many names of two words a document has a way of its own. */
const enough = 10;

export default rule({
  id: 'api/naming-property-case',
  dialect: 'openapi',
  severity: 'info',
  evidences: ['review/patterns'],
  concerns: ['plan/api-contract'],
  requirements: ['R003-041', 'R003-018'],
  equivalents: ['ibm:ibm-property-casing-convention', 'zally:SnakeCaseInPropNameRule', 'vacuum:camel-case-properties'],
  yieldsTo: ['api/syntax'],
  says: 'Write the names of all properties in one way.',
  why: 'Where createdAt stands beside updated_at, every client has a line of code that gets one of them wrong. Which way is the right one the document itself decides, by its majority.',
  bad: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        createdAt: {}
        updatedAt: {}
        customerName: {}
        customerId: {}
        lineCount: {}
        totalPrice: {}
        shipTo: {}
        paidAt: {}
        sentAt: {}
        isGift: {}
        delivery_note: {}
        ^^^^^^^^^^^^^ info: delivery_note is not in camelCase, as most properties of the document are
`,
  ],
  good: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        createdAt: {}
        updatedAt: {}
        customerName: {}
        customerId: {}
        lineCount: {}
        totalPrice: {}
        shipTo: {}
        paidAt: {}
        sentAt: {}
        isGift: {}
        id: {}
        URL: {}
        _links: {}
        '@type': {}
        x-internal-note: {}
`,
    `
components:
  schemas:
    Order:
      type: object
      properties: { createdAt: {}, updated_at: {} }
`,
  ],
  collect: {
    schema: (view) => {
      const properties = get(view.node, 'properties');
      return properties?.kind === 'map' ? stylesIn(view, properties) : silent;
    },
  },
  *document(collected) {
    const counts = new Map<NameStyle, number>();
    let total = 0;
    for (const { value } of collected) {
      const [style, count] = read(value.detail);
      counts.set(style, (counts.get(style) ?? 0) + count);
      total += count;
    }
    const usual = majority(counts, 'camelCase');
    // Half and half is no majority to hold anybody to.
    if (!usual || total <= enough || (counts.get(usual) ?? 0) * 3 < total * 2) return;
    for (const { piece, value } of collected) {
      if (read(value.detail)[0] === usual) continue;
      yield {
        piece,
        at: value.at,
        message: `${value.name} is not in ${usual}, as most properties of the document are`,
        symbol: `${value.pointer}/properties/${value.name}`,
        cause: 'property case',
      };
    }
  },
});

function read(detail = ''): readonly [NameStyle, number] {
  const mark = detail.indexOf(' ');
  return [detail.slice(0, mark) as NameStyle, Number(detail.slice(mark + 1))];
}

/** One value for each style among a schema's properties, at the first name in it. */
function stylesIn({ pointer }: View, properties: Node & MapNode): readonly CollectedValue[] {
  const found = new Map<NameStyle, { first: { name: string; at: CollectedValue['at'] }; count: number }>();
  for (const { name, key } of properties.entries) {
    const style = styleOf(name);
    if (style === 'plain' || style === 'mixed' || style === 'UPPER_CASE' || name.startsWith('x-')) continue;
    const known = found.get(style);
    if (known) known.count++;
    else found.set(style, { first: { name, at: key }, count: 1 });
  }
  if (found.size === 0) return silent;
  return [...found].map(([style, { first, count }]) => ({
    at: first.at,
    name: first.name,
    pointer,
    detail: `${style} ${count}`,
  }));
}
