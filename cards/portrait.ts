import sharp from 'sharp';

/** The holder's picture in the two shapes that the card shows. Both are JPEG and 4:6. */
export interface Portrait {
  readonly full: Buffer;
  /** Grey and small, for the second picture that is hard to exchange. */
  readonly ghost: Buffer;
}

const FULL = { width: 300, height: 450 };
const GHOST = { width: 120, height: 180 };

/** Rejects on bytes that are no image; a photo that passed the gauge always is one. */
export async function cardPortrait(photo: Uint8Array): Promise<Portrait> {
  const full = await sharp(photo)
    .autoOrient()
    .resize({ ...FULL, fit: 'cover', position: 'top' })
    .jpeg({ quality: 85 })
    .toBuffer();
  const ghost = await sharp(full).resize(GHOST).greyscale().jpeg({ quality: 80 }).toBuffer();
  return { full, ghost };
}
