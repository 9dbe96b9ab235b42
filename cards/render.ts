import type { CardPersonalisation } from '../adapters/card-bureau/port';
import { backElements } from './back';
import { frontElements } from './front';
import { toPng } from './png';
import { cardPortrait } from './portrait';

/** What is printed, and the signed text that stands in the QR code of the back. */
export type PrintedCard = CardPersonalisation & { readonly qr: string };

export interface RenderedCard {
  readonly frontPng: Buffer;
  readonly backPng: Buffer;
  readonly pdf: Buffer;
}

/** 1011 x 638 pixels: a card of 85.6 x 53.98 mm at 300 dots an inch. */
export async function renderFrontPng(card: CardPersonalisation): Promise<Buffer> {
  return toPng(frontElements(card, await cardPortrait(card.photo)));
}

export async function renderBackPng(card: PrintedCard): Promise<Buffer> {
  return toPng(backElements(card, card.qr));
}

/** Rejects on a photo that is no image, a nationality that is not a code of three letters, or a QR text that does not fit. */
export async function renderCard(card: PrintedCard): Promise<RenderedCard> {
  const front = frontElements(card, await cardPortrait(card.photo));
  const back = backElements(card, card.qr);
  const { toPdf } = await import('./pdf');
  const [frontPng, backPng, pdf] = await Promise.all([toPng(front), toPng(back), toPdf([front, back])]);
  return { frontPng, backPng, pdf };
}
