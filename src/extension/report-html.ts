/** What a page is made of. */
export interface PageParts {
  /** Address of its script. */
  readonly script: string;
  /** Address of its styles. */
  readonly style: string;
  /** Where styles may come from. */
  readonly source: string;
  /** A fresh one for every page. */
  readonly nonce: string;
}

/** What a page says. */
interface PageWords {
  readonly title: string;
  /** What a person sees where the script does not run at all. */
  readonly fallback: string;
}

/** The hash of an empty style: the component library makes one. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What a page may load: its own script and its own styles, nothing else. */
export function reportPolicy({ source, nonce }: Pick<PageParts, 'source' | 'nonce'>): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} ${emptyStyle}; base-uri 'none'; form-action 'none'`;
}

/** The page of the check report before its script runs. */
export function reportHtml(parts: PageParts): string {
  return pageHtml(parts, {
    title: 'Check Report',
    fallback: 'The report could not start. The Problems view lists the findings, up to 300 of a file.',
  });
}

/** The page of the review before its script runs. */
export function reviewHtml(parts: PageParts): string {
  return pageHtml(parts, { title: 'Review', fallback: 'The panel could not start. The list below is complete.' });
}

function pageHtml(parts: PageParts, { title, fallback }: PageWords): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicy(parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${parts.style}">
</head>
<body>
<main id="page"><p class="fallback">${fallback}</p></main>
<script nonce="${parts.nonce}" src="${parts.script}"></script>
</body>
</html>
`;
}
