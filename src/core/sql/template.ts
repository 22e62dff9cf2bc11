import { placeholderLetter } from './tokens.ts';

/** What templating tools put into SQL before it runs: Go's and Jinja's braces, shell and Flyway variables, ERB tags, psql's variables. */
const placeholders = /\{\{[^{}\r\n]*\}\}|\$\{[^{}\r\n]*\}|<%[^%\r\n]*%>|(?<![:\w]):(?:'\w+'|"\w+"|[A-Za-z_]\w*)/g;

/** The text with every placeholder replaced by a name of the same length; the same text where there is none. */
export function fillPlaceholders(text: string): string {
  return text.replaceAll(placeholders, (found) => placeholderLetter.repeat(found.length));
}
