import type { Case } from '../api/client';

/** Where the evidence of families stands: candidates for the same event side by side, and who is whose kin. */
export function FamilyPanel({ view }: { readonly view: Case; readonly photos: string }) {
  return view.type === 'family-registration' ? null : null;
}
