import { bare } from './names.ts';
import { get, items, type Node, scalar, text } from './tree.ts';
import type { LocalContext } from './visitors.ts';

/** Query parameters that say how many items come at once, in any spelling (`per_page`, `$top`, `page[size]`). */
const sizes = new Set(
  'limit perpage pagesize pagelimit size top first last count max maxresults maxitems maxrecords itemsperpage resultsperpage recordsperpage numresults numitems take num rows n'.split(
    ' ',
  ),
);

/** Those among them that can mean nothing else. */
const plainSizes = new Set(
  'limit perpage pagesize pagelimit top maxresults maxitems itemsperpage resultsperpage recordsperpage take'.split(' '),
);

/** Query parameters that say where to go on. */
const positions = new Set(
  'cursor offset page pagenumber pageno pageindex pagenum pagecursor pagetoken pagemarker pageoffset pageafter pagebefore startingafter endingbefore startafter endbefore after before marker nextmarker next nexttoken nextcursor nextpagetoken continuation continuationtoken skip start startindex startat startkey startfrom from since sinceid maxid beforeid afterid bookmark paginationtoken scroll scrollid exclusivestartkey'.split(
    ' ',
  ),
);

export type Paging = 'size' | 'position' | 'both' | undefined;

/** What the query parameter `name` has to do with paging. `page` as an object (`page[limit]`) is both. */
export function pagingOf(name: string): Paging {
  const plain = bare(name);
  if (plain === 'pagination' || plain === 'paging') return 'both';
  return sizes.has(plain) ? 'size' : positions.has(plain) ? 'position' : undefined;
}

export function isPageSize(name: string): boolean {
  return plainSizes.has(bare(name));
}

/** Whether a list operation says how to page. `unknown`: a parameter lies where it cannot be read. */
export function pagedBy(
  parameters: readonly Node[],
  context: Pick<LocalContext, 'follow'>,
): 'paged' | 'unpaged' | 'unknown' {
  let unknown = false;
  for (const item of parameters) {
    const parameter = context.follow(item);
    if (!parameter) {
      unknown = true;
      continue;
    }
    if (get(parameter, 'in') && text(parameter, 'in') === 'path') continue;
    if (pagingOf(text(parameter, 'name') ?? '') || /^range$/i.test(text(parameter, 'name') ?? '')) return 'paged';
  }
  return unknown ? 'unknown' : 'unpaged';
}

/** The document's own parameters for a page's size and place, where it has both as components. */
export function sharedPaging(
  context: Pick<LocalContext, 'components' | 'resolve'>,
): readonly [size: string, position: string] | undefined {
  let size: string | undefined;
  let position: string | undefined;
  for (const name of context.components('parameters')) {
    const ref = `#/components/parameters/${name}`;
    const found = context.resolve(ref);
    if (found.kind !== 'found' || text(found.target.node, 'in') !== 'query') continue;
    const paging = pagingOf(text(found.target.node, 'name') ?? '');
    if (paging === 'size') size ??= ref;
    else if (paging === 'position') position ??= ref;
  }
  return size !== undefined && position !== undefined ? [size, position] : undefined;
}

/** The bounds of a number that a schema's own keywords give. */
export function upperBound(schema: Node | undefined): number | undefined {
  const value = scalar(schema, 'maximum') ?? scalar(schema, 'exclusiveMaximum');
  return typeof value === 'number' ? value : undefined;
}

export function parametersOf(...holders: readonly (Node | undefined)[]): readonly Node[] {
  return holders.flatMap((holder) => items(get(holder, 'parameters')));
}
