/** Every icon has a shape of its own: colours alone would not tell them apart. */
const shapes = {
  error: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'm5.5 5.5 5 5m0-5-5 5'],
  warning: ['M8 1.8 1.2 14h13.6L8 1.8Z', 'M8 6v4m0 1.4v1.2'],
  info: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'M8 7v4.5M8 4.2v1.3'],
  hint: ['M2 4.5h12v7H2z', 'M5 8h6'],
  gap: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'M3.4 12.6 12.6 3.4'],
  chevron: ['m6 3.5 4.5 4.5L6 12.5'],
  'circle-large': ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z'],
  history: ['M2.6 5.2A6 6 0 1 1 2 8', 'M2.3 1.8v3.6h3.6', 'M8 4.6V8l2.6 1.8'],
  'pass-filled': ['M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.4 3.9L7 9.6 4.7 7.4l-1 1L7 11.7l5.5-5.8Z'],
  account: [
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 2.4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Zm-4.4 8.5a5.7 5.7 0 0 0 8.8 0C11.9 10.3 10.2 9.6 8 9.6S4.1 10.3 3.6 11.9Z',
  ],
  'circle-slash': ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'M3.4 3.4l9.2 9.2'],
  dash: ['M3 8h10'],
  sync: ['M13.6 6.5A6 6 0 0 0 2.6 5.5', 'M2.4 9.5a6 6 0 0 0 11 1', 'M2.3 2v3.6h3.6', 'M13.7 14v-3.6h-3.6'],
  'go-to-file': ['M6 4.5V1.8h5l3 3V14H6v-2.5', 'M1.5 8h7M6 5.5 8.5 8 6 10.5'],
  run: ['M4 2.5v11l9-5.5-9-5.5Z'],
  fix: ['M2.5 13.5 9 7', 'M11 1.5v3M9.5 3h3M13.5 7.5v2.5M12.2 8.8h2.6M5 2.5v2.5M3.8 3.8h2.5'],
  task: ['M2 2h12v12H2z', 'M8 5v6M5 8h6'],
  'account-outline': ['M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z', 'M2.5 14c.4-3 2.4-4.3 5.5-4.3s5.1 1.3 5.5 4.3'],
  withdraw: ['M3 6.5h7a3.5 3.5 0 0 1 0 7H6', 'M6 3.5l-3 3 3 3'],
  handoff: ['M2 10v4h12v-4', 'M8 10.5V2M5 5l3-3 3 3'],
} as const;

export type IconName = keyof typeof shapes;

/** Filled, with what is cut out of them; the others are drawn as lines. */
const filled: ReadonlySet<IconName> = new Set<IconName>(['pass-filled', 'account']);

const svg = 'http://www.w3.org/2000/svg';

/** Draws an icon. Its meaning is said beside it in words. */
export function icon(name: IconName): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.setAttribute('class', `icon ${name}${filled.has(name) ? ' filled' : ''}`);
  for (const shape of shapes[name]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', shape);
    drawing.append(path);
  }
  return drawing;
}
