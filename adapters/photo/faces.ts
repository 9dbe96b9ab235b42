import { dirname, join } from 'node:path';
import { tensors } from './tensors';
import '@tensorflow/tfjs-backend-wasm';
import {
  detectAllFaces,
  extractFaceTensors,
  nets,
  SsdMobilenetv1Options,
  TinyFaceDetectorOptions,
  type FaceDetection,
  type Point,
  type TNetInput,
} from '@vladmandic/face-api/dist/face-api.node-wasm.js';

/** Red, green, blue, row by row. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface FoundFaces {
  /** With a confidence of at least 0.5. */
  readonly count: number;
  /** The most certain one, in pixels. */
  readonly best?: {
    readonly confidence: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly tilt: number;
  };
}

/** Counts as a face. */
const FACE = 0.5;
/** One face above this and no other candidate: the fast detector is believed. */
const CERTAIN = 0.7;
/** Below `FACE`, but enough to ask the slow detector whether there is a second face. */
const CANDIDATE = 0.3;

/** The side that the fast detector scales to: a portrait's face is large, and 320 takes twice the time. */
const FAST_SIZE = 224;

let loaded: Promise<void> | undefined;

/** Loads the models once (some 0.3 s) and runs each on an empty image, so that the first real photo is not the slow one. */
export function loadModels(): Promise<void> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<void> {
  await tensors.setBackend('wasm');
  const folder = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');
  await Promise.all([
    nets.tinyFaceDetector.loadFromDisk(folder),
    nets.ssdMobilenetv1.loadFromDisk(folder),
    nets.faceLandmark68Net.loadFromDisk(folder),
  ]);
  await findFaces({ data: new Uint8Array(64 * 64 * 3), width: 64, height: 64 });
}

/**
 * The fast detector first; the slow one settles what it leaves in doubt: no face, a weak one, or a possible second.
 */
export async function findFaces(pixels: Pixels): Promise<FoundFaces> {
  const tensor = tensors.tensor3d(Int32Array.from(pixels.data), [pixels.height, pixels.width, 3], 'int32');
  try {
    const image = tensor as unknown as TNetInput;
    const fast = await detectAllFaces(
      image,
      new TinyFaceDetectorOptions({ inputSize: FAST_SIZE, scoreThreshold: CANDIDATE }),
    );
    const settled = fast.length === 1 && (fast[0]?.score ?? 0) >= CERTAIN;
    const faces = settled ? fast : await detectAllFaces(image, new SsdMobilenetv1Options({ minConfidence: FACE }));
    const [best] = [...faces].sort((a, b) => b.score - a.score);
    if (!best) return { count: 0 };
    const { x, y, width, height } = best.box;
    return {
      count: faces.length,
      best: { confidence: best.score, x, y, width, height, tilt: await tiltOf(image, best) },
    };
  } finally {
    tensor.dispose();
  }
}

type CutFrom = Parameters<typeof extractFaceTensors>[0];

/** Degrees that the line through the eyes leans, from the landmarks of that face. */
async function tiltOf(image: TNetInput, face: FaceDetection): Promise<number> {
  const [cut] = await extractFaceTensors(image as CutFrom, [face]);
  if (!cut) return 0;
  try {
    const found = await nets.faceLandmark68Net.detectLandmarks(cut);
    const landmarks = Array.isArray(found) ? found[0] : found;
    if (!landmarks) return 0;
    return leaning(middle(landmarks.getLeftEye()), middle(landmarks.getRightEye()));
  } finally {
    cut.dispose();
  }
}

function middle(points: readonly Point[]): { x: number; y: number } {
  const sum = points.reduce((a, p) => ({ x: a.x + p.x, y: a.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

const leaning = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.abs((Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI);
