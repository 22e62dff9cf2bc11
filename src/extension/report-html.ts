/** What the page of the report is made of. */
export interface ReportHtmlParts {
  /** Address of `report.js`. */
  readonly script: string;
  /** Address of `report.css`. */
  readonly style: string;
  /** Where styles may come from. */
  readonly source: string;
  /** A fresh one for every page. */
  readonly nonce: string;
}

/** The hash of an empty style: the component library makes one. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What the page may load: its own script and its own styles, nothing else. */
export function reportPolicy({ source, nonce }: Pick<ReportHtmlParts, 'source' | 'nonce'>): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} ${emptyStyle}; base-uri 'none'; form-action 'none'`;
}

/** The page before its script runs. What it says then is what a person sees where the script does not run at all. */
export function reportHtml(parts: ReportHtmlParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicy(parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Check Report</title>
<link rel="stylesheet" href="${parts.style}">
</head>
<body>
<main id="page"><p class="fallback">The report could not start. The Problems view lists the findings, up to 300 of a file.</p></main>
<script nonce="${parts.nonce}" src="${parts.script}"></script>
</body>
</html>
`;
}
