import type { Actor, Role } from './case/model';

/** Who asks for something, as the identity provider vouches for them. */
export interface Caller {
  /** The token's subject: a staff number or a portal client. */
  readonly id: string;
  readonly roles: readonly Role[];
  readonly clientId?: string;
  readonly channel?: string;
  /** Absent for central staff, who work for every office. */
  readonly office?: string;
  /** Milliseconds since 1970: how long the provider vouches for it. */
  readonly until: number;
}

export const mayDo = (caller: Caller, roles: readonly Role[]): boolean =>
  caller.roles.some((role) => roles.includes(role));

/** The caller in each role that a rule asks for. */
export const actorsIn = (caller: Caller, roles: readonly Role[]): Actor[] =>
  caller.roles.filter((role) => roles.includes(role)).map((role) => actorAs(caller, role));

/** The caller in the first of these roles, or undefined when none of the caller's roles will do. */
export const actorIn = (caller: Caller, roles: readonly Role[]): Actor | undefined => actorsIn(caller, roles)[0];

export const actorAs = ({ id, office }: Caller, role: Role): Actor => ({
  id,
  role,
  ...(office === undefined ? {} : { office }),
});
