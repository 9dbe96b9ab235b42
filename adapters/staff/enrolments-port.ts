export interface StaffEnrolment {
  /** A staff number: the token's subject. */
  readonly staff: string;
  /** The person of the register, by reference. */
  readonly person: string;
  readonly by: string;
  readonly reasonRef: string;
  /** Somebody else stands under this number: take this person instead. */
  readonly replace: boolean;
  /** The person stands under another number: free that one. */
  readonly move: boolean;
}

/**
 * `another-person`: somebody else stands under this number, and `replace` was not said. `another-number`: the person stands under
 * another one, and `move` was not said; with two numbers one person would be two pairs of eyes. Nothing is written unless it is `enrolled`.
 */
export type Enrolled = 'enrolled' | 'as-before' | 'another-person' | 'another-number' | 'person-unknown';

/** Which person of the register each member of staff is: what kinship is computed from. */
export interface StaffEnrolments {
  /** Entered again, nothing changes. */
  enrol(enrolment: StaffEnrolment): Promise<Enrolled>;
  /** Staff who have signed in with one of these roles and whom the register does not know: they can decide nothing about families. */
  unknown(roles: readonly string[]): Promise<readonly { readonly staff: string; readonly roles: readonly string[] }[]>;
}
