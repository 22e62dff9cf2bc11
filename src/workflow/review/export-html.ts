import type { Review, ReviewChecklist, ReviewItem } from '../../core/review.ts';
import { nothingFound, projectText, sorted } from './export-text.ts';
import { counted, placeOf } from './words.ts';

/** So many findings of an item are listed. */
const mostFindings = 20;

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
ul.items { list-style: none; padding: 0; }
ul.items > li { border-top: 1px solid; padding: 0.75rem 0; }
ul.items h3 { font-size: 1rem; margin: 0; }
p { margin: 0.25rem 0; } .word { font-weight: bold; } code { font-size: 0.9em; overflow-wrap: anywhere; }
li { overflow-wrap: anywhere; }
`;

/** One page that needs nothing else and runs nothing. */
export function reviewHtml(review: Review): string {
  const title = `Review of ${projectText(review.project)}`;
  const parts = review.checklists.map(section);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
<p>Made at <time datetime="${html(review.madeAt)}">${html(review.madeAt)}</time>.</p>
${review.hasDocuments ? '' : `<p>${html(nothingFound)}</p>\n`}${parts.join('\n')}
${list('Records that are not believed', review.refused)}${list('Not analysed', review.notAnalysed)}</main>
</body>
</html>
`;
}

function section({ id, title, verdict, items }: ReviewChecklist): string {
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${html(title)}</h2>
<p>${html(verdict.replace(/\.$/, ''))}.</p>
<ul class="items">
${sorted(items).map(itemHtml).join('\n')}
</ul>
</section>`;
}

function itemHtml({
  title,
  word,
  line,
  says,
  why,
  evidence,
  findings,
  findingCount,
  requirements,
}: ReviewItem): string {
  const found = findings.slice(0, mostFindings).map((one) => `${placeOf(one)}: ${one.message} (${one.rule})`);
  if (findingCount > found.length && found.length > 0)
    found.push(`and ${counted(findingCount - found.length, 'more finding')}`);
  const texts = [...new Set([...evidence.map(({ text }) => text), ...found])];
  return `<li>
<h3><span class="word">${html(word)}</span>: ${html(title)}</h3>
<p>${html(line)}</p>
<p>${html(says)} ${html(why)} <code>${html(requirements.join(', '))}</code></p>
<ul>
${texts.map((text) => `<li>${html(text)}</li>`).join('\n')}
</ul>
</li>`;
}

function list(title: string, entries: readonly { readonly file: string; readonly reason: string }[]): string {
  if (entries.length === 0) return '';
  const items = entries.map(({ file, reason }) => `<li><code>${html(file)}</code> ${html(reason)}</li>`);
  return `<section>\n<h2>${html(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n</section>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  const shown = text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
  return shown.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
}
