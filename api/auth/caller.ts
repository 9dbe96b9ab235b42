import type { Caller } from '../../domain/caller';

export { actorAs, actorIn, actorsIn, mayDo, type Caller } from '../../domain/caller';

/** Takes the Authorization header; throws a Problem. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;
