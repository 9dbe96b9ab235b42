import { CARD, type Element } from './elements';
import { sizeToFit, type Face } from './fonts';

/** Our own design, and no imitation of an official card: ink, sand and one accent, on a lattice of eight-pointed stars. */
export const COLOURS = {
  paper: '#fbf8f1',
  ink: '#1d2740',
  soft: '#6d7489',
  accent: '#a8562f',
  line: '#c9b68f',
  white: '#ffffff',
} as const;

export const MARGIN = 4;
export const SPECIMEN = 'SPECIMEN / نموذج';

type TextElement = Extract<Element, { kind: 'text' }>;

interface TextStyle {
  readonly face?: Face;
  readonly size: number;
  readonly colour?: string;
  /** The text shrinks to stay within it. */
  readonly width?: number;
}

function text(anchor: TextElement['anchor'], x: number, y: number, content: string, style: TextStyle): TextElement {
  const face = style.face ?? 'regular';
  const size = style.width === undefined ? style.size : sizeToFit(content, face, style.size, style.width);
  return { kind: 'text', text: content, anchor, x, y, face, size, colour: style.colour ?? COLOURS.ink };
}

export const leftText = (x: number, y: number, content: string, style: TextStyle): TextElement =>
  text('left', x, y, content, style);
export const rightText = (x: number, y: number, content: string, style: TextStyle): TextElement =>
  text('right', x, y, content, style);
export const middleText = (x: number, y: number, content: string, style: TextStyle): TextElement =>
  text('middle', x, y, content, style);

/** Two squares, one turned by 45 degrees, side by side over an area. */
function lattice(width: number, height: number, step: number): string {
  const half = step * 0.36;
  const turned = half * Math.SQRT2;
  let d = '';
  const n = (value: number): string => value.toFixed(2);
  for (let y = 0; y <= height + step; y += step) {
    for (let x = 0; x <= width + step; x += step) {
      d += `M${n(x - half)} ${n(y - half)}h${n(2 * half)}v${n(2 * half)}h-${n(2 * half)}z`;
      d += `M${n(x)} ${n(y - turned)}L${n(x + turned)} ${n(y)}L${n(x)} ${n(y + turned)}L${n(x - turned)} ${n(y)}z`;
    }
  }
  return d;
}

const LATTICE = lattice(CARD.width, CARD.height, 7);

/** Paper and lattice, under everything else. */
export const ground: readonly Element[] = [
  { kind: 'rect', x: 0, y: 0, width: CARD.width, height: CARD.height, fill: COLOURS.paper },
  { kind: 'path', d: LATTICE, x: 0, y: 0, scale: 1, stroke: { colour: COLOURS.line, width: 0.1 }, opacity: 0.4 },
];

/** One star, the mark of this issuer that does not exist. */
export const star = (x: number, y: number, size: number, colour: string): Element => {
  const half = 0.5;
  const turned = half * Math.SQRT2;
  const d = `M-${half}-${half}h1v1h-1zM0-${turned}L${turned} 0L0 ${turned}L-${turned} 0z`;
  return { kind: 'path', d, x, y, scale: size, stroke: { colour, width: 0.09 } };
};

/** Across the whole card, so that no copy of it can pass for a real one. */
export const specimen = (y: number, size: number, turn: number): Element => ({
  kind: 'text',
  text: SPECIMEN,
  anchor: 'middle',
  x: CARD.width / 2,
  y,
  face: 'bold',
  size,
  colour: COLOURS.accent,
  opacity: 0.13,
  turn,
});
