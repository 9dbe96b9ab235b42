import fc from 'fast-check';
import { defaultPhotoPolicy, judgePhoto, PHOTO_RULES, type MeasuredPhoto } from '../../domain/photo-verdict';

const good: MeasuredPhoto = {
  width: 400,
  height: 600,
  faces: 1,
  confidence: 0.95,
  faceHeightRatio: 0.4,
  offCentre: 0.01,
  tilt: 1,
  backgroundWhiteness: 1,
  backgroundEvenness: 0.98,
  sharpness: 200,
};
const judge = (change: Partial<MeasuredPhoto>) => judgePhoto({ ...good, ...change }, defaultPhotoPolicy);

test('at the limits: sure pass, doubt and sure fail, each with the limit that was missed', () => {
  expect(judge({})).toEqual({ verdict: 'pass', reasons: [] });
  expect(judge({ tilt: 5 })).toEqual({ verdict: 'pass', reasons: [] });
  expect(judge({ tilt: 12 })).toEqual({ verdict: 'doubt', reasons: [{ rule: 'tilted', value: 12, limit: 5 }] });
  expect(judge({ tilt: 12.1 })).toEqual({ verdict: 'fail', reasons: [{ rule: 'tilted', value: 12.1, limit: 12 }] });
  expect(judge({ sharpness: 40 }).verdict).toBe('doubt');
  expect(judge({ sharpness: 39 }).verdict).toBe('fail');
});

test('a fail names only what surely fails, a doubt all that is doubtful', () => {
  expect(judge({ tilt: 7, offCentre: 0.1 }).reasons.map((r) => r.rule)).toEqual(['off-centre', 'tilted']);
  expect(judge({ tilt: 7, backgroundWhiteness: 0 }).reasons.map((r) => r.rule)).toEqual(['background-not-white']);
});

test('without exactly one face nothing is said about the face', () => {
  expect(judge({ faces: 0, sharpness: 0, tilt: 90 }).reasons).toEqual([{ rule: 'no-face', value: 0, limit: 1 }]);
  expect(judge({ faces: 2, tilt: 90 }).reasons).toEqual([{ rule: 'several-faces', value: 2, limit: 1 }]);
});

test('width and height are one reason, the worse one', () => {
  expect(judge({ width: 280, height: 300 }).reasons).toContainEqual({ rule: 'too-small', value: 300, limit: 360 });
});

test('reasons and verdict agree on any numbers', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const anyPhoto = fc.record({
    width: fc.integer({ min: 1, max: 5000 }),
    height: fc.integer({ min: 1, max: 5000 }),
    faces: fc.integer({ min: 0, max: 4 }),
    confidence: share,
    faceHeightRatio: share,
    offCentre: share,
    tilt: fc.double({ min: 0, max: 180, noNaN: true }),
    backgroundWhiteness: share,
    backgroundEvenness: share,
    sharpness: fc.double({ min: 0, max: 5000, noNaN: true }),
  });
  fc.assert(
    fc.property(anyPhoto, (photo) => {
      const { verdict, reasons } = judgePhoto(photo, defaultPhotoPolicy);
      expect(verdict === 'pass').toBe(reasons.length === 0);
      expect(new Set(reasons.map((r) => r.rule)).size).toBe(reasons.length);
      expect(reasons.every((r) => PHOTO_RULES.includes(r.rule))).toBe(true);
    }),
  );
});
