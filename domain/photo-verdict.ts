import { addDays, addMonths, type LocalDate } from './time';

/**
 * The numbers of a measured portrait that a policy speaks about; see the photo gauge's port for their units. Glasses are not among them:
 * no number tells them surely, so they are a caseworker's to see, and a rule that sends a portrait straight on does not check them.
 */
export interface MeasuredPhoto {
  readonly width: number;
  readonly height: number;
  readonly faces: number;
  readonly confidence: number;
  readonly faceHeightRatio: number;
  readonly offCentre: number;
  readonly tilt: number;
  readonly backgroundWhiteness: number;
  readonly backgroundEvenness: number;
  readonly sharpness: number;
}

/** Up to `pass` (or from it on) the number is surely good, beyond `fail` surely bad; between them a person looks. */
export interface Bounds {
  readonly pass: number;
  readonly fail: number;
}

/** What a portrait must be; effective-dated policy data, so that tightening a number is not a change of code. */
export interface PhotoPolicy {
  /** Pixels; smaller is worse. */
  readonly width: Bounds;
  readonly height: Bounds;
  /** Width over height that is asked for, such as 4/6, and how far from it is still right, as a share of it. */
  readonly ratio: { readonly wanted: number; readonly tolerance: Bounds };
  readonly confidence: Bounds;
  readonly faceHeightAtLeast: Bounds;
  readonly faceHeightAtMost: Bounds;
  readonly offCentre: Bounds;
  /** Degrees. */
  readonly tilt: Bounds;
  readonly backgroundWhiteness: Bounds;
  readonly backgroundEvenness: Bounds;
  readonly sharpness: Bounds;
}

/**
 * What is required is from the press (white background, face clear, 4 x 6); no official numbers were found, so the
 * limits are ours, set where portraits of known quality fall on the right side.
 */
export const defaultPhotoPolicy: PhotoPolicy = {
  width: { pass: 300, fail: 240 },
  height: { pass: 450, fail: 360 },
  ratio: { wanted: 4 / 6, tolerance: { pass: 0.02, fail: 0.06 } },
  confidence: { pass: 0.7, fail: 0.5 },
  faceHeightAtLeast: { pass: 0.3, fail: 0.22 },
  faceHeightAtMost: { pass: 0.6, fail: 0.75 },
  offCentre: { pass: 0.08, fail: 0.18 },
  tilt: { pass: 5, fail: 12 },
  backgroundWhiteness: { pass: 0.9, fail: 0.4 },
  backgroundEvenness: { pass: 0.85, fail: 0.6 },
  sharpness: { pass: 90, fail: 40 },
};

export const PHOTO_RULES = [
  'too-small',
  'wrong-ratio',
  'no-face',
  'several-faces',
  'face-unclear',
  'face-too-small',
  'face-too-large',
  'off-centre',
  'tilted',
  'background-not-white',
  'background-uneven',
  'blurred',
] as const;

export type PhotoRule = (typeof PHOTO_RULES)[number];

/** `limit` is the number that the value did not reach: the sure-pass limit for a doubt, the sure-fail limit for a fail. */
export interface PhotoReason {
  readonly rule: PhotoRule;
  readonly value: number;
  readonly limit: number;
}

export interface PhotoVerdict {
  readonly verdict: 'pass' | 'doubt' | 'fail';
  /** Every rule that is not surely met; for a fail, only those that surely are not. */
  readonly reasons: readonly PhotoReason[];
}

type Finding = PhotoReason & { readonly grade: 'doubt' | 'fail' };

const atLeast = (rule: PhotoRule, value: number, { pass, fail }: Bounds): Finding[] => {
  if (value >= pass) return [];
  return value < fail ? [{ rule, value, limit: fail, grade: 'fail' }] : [{ rule, value, limit: pass, grade: 'doubt' }];
};

const atMost = (rule: PhotoRule, value: number, { pass, fail }: Bounds): Finding[] => {
  if (value <= pass) return [];
  return value > fail ? [{ rule, value, limit: fail, grade: 'fail' }] : [{ rule, value, limit: pass, grade: 'doubt' }];
};

/** Sure pass goes on, sure fail goes back to the applicant with its reasons, doubt goes to a caseworker. */
export function judgePhoto(photo: MeasuredPhoto, policy: PhotoPolicy): PhotoVerdict {
  const findings = [...imageFindings(photo, policy), ...faceFindings(photo, policy)];
  const failures = findings.filter((finding) => finding.grade === 'fail');
  const decisive = failures.length > 0 ? failures : findings;
  return {
    verdict: failures.length > 0 ? 'fail' : findings.length > 0 ? 'doubt' : 'pass',
    reasons: decisive.map(({ rule, value, limit }) => ({ rule, value, limit })),
  };
}

function imageFindings(photo: MeasuredPhoto, policy: PhotoPolicy): Finding[] {
  const { wanted, tolerance } = policy.ratio;
  const size = [
    ...atLeast('too-small', photo.width, policy.width),
    ...atLeast('too-small', photo.height, policy.height),
  ];
  return [
    ...worstOf(size),
    ...atMost('wrong-ratio', Math.abs(photo.width / photo.height - wanted) / wanted, tolerance),
    ...atLeast('background-not-white', photo.backgroundWhiteness, policy.backgroundWhiteness),
    ...atLeast('background-uneven', photo.backgroundEvenness, policy.backgroundEvenness),
  ];
}

/** Width and height are one rule to the applicant. */
const worstOf = (findings: readonly Finding[]): Finding[] => {
  const worst = findings.find((finding) => finding.grade === 'fail') ?? findings[0];
  return worst ? [worst] : [];
};

function faceFindings(photo: MeasuredPhoto, policy: PhotoPolicy): Finding[] {
  if (photo.faces === 0) return [{ rule: 'no-face', value: 0, limit: 1, grade: 'fail' }];
  if (photo.faces > 1) return [{ rule: 'several-faces', value: photo.faces, limit: 1, grade: 'fail' }];
  return [
    ...atLeast('face-unclear', photo.confidence, policy.confidence),
    ...atLeast('face-too-small', photo.faceHeightRatio, policy.faceHeightAtLeast),
    ...atMost('face-too-large', photo.faceHeightRatio, policy.faceHeightAtMost),
    ...atMost('off-centre', photo.offCentre, policy.offCentre),
    ...atMost('tilted', photo.tilt, policy.tilt),
    ...atLeast('blurred', photo.sharpness, policy.sharpness),
  ];
}

/** What is known of when a portrait was taken. */
export interface PhotoDates {
  /** It was seen on this day, so that it is no younger. */
  readonly seenOn: LocalDate;
  /** The camera's word, and its clock may be wrong. */
  readonly takenOn?: LocalDate;
}

/** Surely too old where it was seen that long ago; in doubt where only its camera says so, or says a day to come. */
export function judgePhotoAge(
  { seenOn, takenOn }: PhotoDates,
  on: LocalDate,
  months: number,
): 'pass' | 'doubt' | 'fail' {
  const oldest = addMonths(on, -months);
  if (seenOn < oldest) return 'fail';
  return takenOn !== undefined && (takenOn < oldest || takenOn > addDays(on, 1)) ? 'doubt' : 'pass';
}
