/** Every icon has a shape of its own: colours alone would not tell them apart. */
const shapes = {
  error: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'm5.5 5.5 5 5m0-5-5 5'],
  warning: ['M8 1.8 1.2 14h13.6L8 1.8Z', 'M8 6v4m0 1.4v1.2'],
  info: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'M8 7v4.5M8 4.2v1.3'],
  hint: ['M2 4.5h12v7H2z', 'M5 8h6'],
  gap: ['M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z', 'M3.4 12.6 12.6 3.4'],
  chevron: ['m6 3.5 4.5 4.5L6 12.5'],
} as const;

export type IconName = keyof typeof shapes;

const svg = 'http://www.w3.org/2000/svg';

/** Draws an icon. Its meaning is said beside it in words. */
export function icon(name: IconName): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.setAttribute('class', `icon ${name}`);
  for (const shape of shapes[name]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', shape);
    drawing.append(path);
  }
  return drawing;
}
