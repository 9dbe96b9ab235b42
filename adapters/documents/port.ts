/**
 * Images and papers: on disk, addressed by the keyed hash of their content, encrypted under the key of the person they are about.
 * A reference says nothing about the content and may stand in the engine.
 */
export interface Documents {
  /** The reference that these bytes for this person have, kept or not. */
  refOf(person: string, bytes: Uint8Array): string;
  /** The same bytes for the same person give the same reference. */
  put(document: { person: string; contentType: string; bytes: Uint8Array }): Promise<{ documentRef: string }>;
  /** null when it does not exist, or when the person's key was destroyed. */
  get(documentRef: string): Promise<{ person: string; contentType: string; bytes: Uint8Array } | null>;
}
