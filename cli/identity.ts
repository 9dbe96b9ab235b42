import { userInfo } from 'node:os';
import { createTokenCheck } from '../adapters/identity-provider/oidc';
import { TokenRefused } from '../adapters/identity-provider/port';
import { actorIn, type Caller } from '../domain/caller';
import type { Actor, Role } from '../domain/case/model';
import { askedWrongly } from './output';
import { keptSession } from './session';
import { signInByName, type Provider } from './sign-in';

export interface Identity {
  readonly env: NodeJS.ProcessEnv;
  readonly production: boolean;
  /** Absent where neither a setting nor a running system names one. */
  readonly provider: Provider | undefined;
  /** Somebody of the sandbox's, by name. */
  readonly as: string | undefined;
}

export const clientIdIn = (env: NodeJS.ProcessEnv): string => env['OIDC_CLI_CLIENT_ID'] ?? 'tajdid-cli';

async function tokenOf({ env, as }: Identity, provider: Provider): Promise<string | undefined> {
  if (as !== undefined) return (await signInByName(provider, clientIdIn(env), as)).token;
  return env['TAJDID_TOKEN'] ?? (await keptSession(env, provider.issuer))?.token;
}

/** Whom the identity provider says that this is; undefined when nobody is signed in. */
export async function callerOf(identity: Identity): Promise<Caller | undefined> {
  const { production, provider, as } = identity;
  if (as !== undefined && production)
    throw askedWrongly(
      '--as is for development: in production whoever does it signs in (tajdid login).',
      'الخيار --as للتطوير فقط: في الإنتاج يسجّل المنفّذ الدخول بنفسه (tajdid login).',
    );
  if (as !== undefined && !provider)
    throw askedWrongly(
      '--as signs in at the sandbox, and none runs here: set OIDC_ISSUER and OIDC_AUDIENCE.',
      'الخيار --as يسجّل الدخول في البيئة التجريبية، ولا تعمل واحدة هنا: عيّن OIDC_ISSUER و OIDC_AUDIENCE.',
    );
  const token = provider && (await tokenOf(identity, provider));
  if (!provider || token === undefined) return undefined;
  try {
    return await createTokenCheck(provider, () => Date.now())(`Bearer ${token}`);
  } catch (error) {
    if (error instanceof TokenRefused)
      throw askedWrongly(
        `The token is not accepted (${error.code}): tajdid login.`,
        `الرمز غير مقبول (${error.code}): tajdid login.`,
      );
    throw error;
  }
}

/**
 * Who gives a command that changes something. Where there is an identity provider, nobody but whom it vouches for, so that a
 * second person is another person. Without one: in production nobody, elsewhere the account of the operating system.
 */
export async function actorFrom(identity: Identity, roles: readonly Role[]): Promise<Actor> {
  const caller = await callerOf(identity);
  if (caller) {
    const actor = actorIn(caller, roles);
    if (!actor) {
      const [held, needed] = [caller.roles.join(', '), roles.join(', ')];
      throw askedWrongly(
        `${caller.id} is ${held || 'nobody here'}; this is done by: ${needed}.`,
        `دور ${caller.id} هنا: ${held || 'لا شيء'}؛ ومن يفعل هذا: ${needed}.`,
      );
    }
    return actor;
  }
  if (identity.provider || identity.production) {
    const [alsoEn, alsoAr] = identity.production
      ? ['', '']
      : ['; at the sandbox --as staff-401 does', '، ويكفي --as staff-401 في البيئة التجريبية'];
    throw askedWrongly(
      `Nobody is signed in, and every operation carries the identity of who does it: tajdid login, or TAJDID_TOKEN${alsoEn}.`,
      `لم يسجّل أحد الدخول، وكل عملية تحمل هوية من يفعلها: tajdid login أو TAJDID_TOKEN${alsoAr}.`,
    );
  }
  return { id: `os:${userInfo().username}`, role: roles[0] as Role };
}
