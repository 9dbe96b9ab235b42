import type { Face } from './fonts';

/** A side of a card is a list of these, in millimetres from its upper left corner; each format draws the same list. */
export type Element =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Of the baseline. */
      readonly y: number;
      /** Where the text starts, ends or has its middle, as `anchor` says: of the line as seen, in either direction of writing. */
      readonly x: number;
      readonly anchor: 'left' | 'middle' | 'right';
      readonly face: Face;
      readonly size: number;
      readonly colour: string;
      readonly opacity?: number;
      /** Degrees, clockwise, about the point (x, y). */
      readonly turn?: number;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius?: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      /** Where the path's origin goes, and how long its unit is. */
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly fill?: string;
      readonly stroke?: { readonly colour: string; readonly width: number };
      readonly opacity?: number;
    }
  | {
      readonly kind: 'image';
      /** JPEG, already cropped to the shape of the box. */
      readonly jpeg: Buffer;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly opacity?: number;
    };

/** What is drawn on, in millimetres. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
}

/** ID-1 of ISO/IEC 7810, millimetres. */
export const CARD = { width: 85.6, height: 53.98 } as const;
