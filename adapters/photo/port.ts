/** Bytes of an upload that are looked at all; a phone's portrait is about 3 MB. */
export const LARGEST_PHOTO = 8 * 1024 * 1024;

/** What was measured on a portrait; no verdict. Which numbers are good enough is policy. */
export interface PhotoMeasurement {
  readonly width: number;
  readonly height: number;
  /** Faces found with a confidence of at least 0.5. */
  readonly faces: number;
  /** 0 to 1, of the most certain face; 0 where there is none. */
  readonly confidence: number;
  /** Height of the face box over the height of the image. */
  readonly faceHeightRatio: number;
  /** Horizontal distance of the face's middle from the image's middle, over the image's width. */
  readonly offCentre: number;
  /** Degrees that the line through the eyes leans. */
  readonly tilt: number;
  /** 0 to 1: how much of the border (left, right and top) is near white. */
  readonly backgroundWhiteness: number;
  /** 0 to 1: how even the border is. */
  readonly backgroundEvenness: number;
  /** Variance of the Laplacian, in grey levels squared: under about 50 looks blurred. */
  readonly sharpness: number;
  /** `YYYY-MM-DD`, where the camera left its word; see `exif.ts` for what that is worth. */
  readonly takenOn?: string;
}

export type PhotoRefusal = 'not-an-image' | 'unsupported-format' | 'too-many-pixels' | 'too-large' | 'truncated';

export interface PhotoGauge {
  /** JPEG or PNG bytes in. Never throws on bad bytes: says what is wrong with them. */
  measure(bytes: Uint8Array): Promise<{ measurement: PhotoMeasurement } | { refusal: PhotoRefusal }>;
}
