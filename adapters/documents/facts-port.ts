import type { Instant } from '../../domain/time';
import type { PhotoMeasurement } from '../photo/port';

/** What is known about a kept document without opening it. */
export interface DocumentFact {
  readonly person: string;
  readonly contentType: string;
  /** Size of the content, in bytes. */
  readonly bytes: number;
  /** Of a portrait; null for anything else. */
  readonly measurement: PhotoMeasurement | null;
  /** The token's subject, never an identity number. */
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
}

export interface DocumentFacts {
  find(documentRef: string): Promise<DocumentFact | null>;
  /** The same reference again has no effect: the first facts stay. */
  keep(documentRef: string, fact: DocumentFact): Promise<void>;
}
