/** Text, because it runs in the page: contrast of every state's icon with what is really behind it. */
export const contrasts = `(() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); const unit = text.startsWith('color(srgb') ? 255 : 1; return { r: r * unit, g: g * unit, b: b * unit, a }; };
  const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
  const behind = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, behind(element.parentElement));
  };
  const light = ({ r, g, b }) => { const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  return [...document.querySelectorAll('.item .state, .mark, .act, .group')].map((state) => {
    const drawing = state.querySelector('svg') ?? state;
    const under = behind(state);
    const [a, b] = [light(over(parse(getComputedStyle(drawing).color), under)), light(under)].sort((x, y) => y - x);
    return { name: state.dataset.face ?? state.className, ratio: (a + 0.05) / (b + 0.05) };
  });
})()`;

/** Text, because it runs in a page: the pairs of pictures of which fewer than 12 pixels differ clearly. */
export function comparison(shots: readonly string[]): string {
  return `(async () => {
    const pixels = await Promise.all(${JSON.stringify(shots)}.map(async (shot) => {
      const image = new Image();
      image.src = 'data:image/png;base64,' + shot;
      await image.decode();
      const canvas = new OffscreenCanvas(16, 16).getContext('2d');
      canvas.drawImage(image, 0, 0);
      return canvas.getImageData(0, 0, 16, 16).data;
    }));
    const alike = [];
    for (let one = 0; one < pixels.length; one++)
      for (let two = 0; two < one; two++) {
        let other = 0;
        for (let at = 0; at < 1024; at += 4) if (Math.abs(pixels[one][at] - pixels[two][at]) > 60) other++;
        if (other < 12) alike.push(one + ' ' + two + ': ' + other);
      }
    return alike;
  })()`;
}
