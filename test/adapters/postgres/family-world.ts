import { createEnrol } from '../../../adapters/register/enrol';
import { createFamilyEnrol } from '../../../adapters/register/family-enrol';
import type { ChildName, FamilyRegister } from '../../../adapters/register/family-port';
import { createFamilyRegister } from '../../../adapters/register/family-postgres';
import { createRegister } from '../../../adapters/register/postgres';
import { createPersonKeys } from '../../../adapters/vault/person-keys';
import { createVault } from '../../../adapters/vault/postgres';
import { createSecrets } from '../../../adapters/vault/secrets';
import type { FamilyEvent } from '../../../domain/family/record';
import { OutsideFailure } from '../../../domain/failures';
import { migratedDatabase } from './cases';
import { person } from './people';

export const limits = { wives: 2, husbands: 1, parentAge: 12, posthumousDays: 305 };
export const newborn = { nameAr: 'سعود', nameEn: 'Saud', birthPlaceAr: 'الرياض', birthPlaceEn: 'Riyadh' };

export const married = (husband: string, wife: string, on: string) =>
  ({ kind: 'marriage', on, husband, wife }) as const;

/** The word with which the register says no; undefined when it lets it in. Whatever is no refusal is thrown on. */
export const refusalOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof OutsideFailure && error.kind === 'refused') return error.code;
    throw error;
  }
};

export type Reported = Parameters<FamilyRegister['register']>[0]['event'];

/** A register of its own, people in it, and what is entered about their families. */
export async function familyWorld() {
  const db = await migratedDatabase();
  const secrets = createSecrets({ masterKey: Buffer.alloc(32, 1), lookupKey: Buffer.alloc(32, 2) });
  const keys = createPersonKeys(db.database, secrets);
  const { personRef } = createVault(db.database, secrets, keys);
  const enrol = createEnrol(db.database, keys, personRef);
  const family = createFamilyRegister(db.database, keys, personRef);
  // Far from the numbers that newborn children get.
  let running = 50_000_000;
  let made = 0;

  return {
    ...createFamilyEnrol(db.database),
    database: db.database,
    drop: () => db.drop(),
    family,
    register: createRegister(db.database, keys),
    async someone(sex: 'M' | 'F', birthDate = '1970-01-01', more: Parameters<typeof person>[1] = {}): Promise<string> {
      const [enrolled] = await enrol([person(++running, { sex, birthDate, ...more })]);
      return enrolled?.person ?? '';
    },
    async enter(event: Reported): Promise<{ key: string; child: string }> {
      const key = `fam_${++made}/register`;
      const { child = '' } = await family.register({
        key,
        caseId: key,
        event,
        limits,
        ...(event.kind === 'birth' ? { child: newborn } : {}),
      });
      return { key, child };
    },
    async amend(registration: string, replacement?: FamilyEvent, childName?: ChildName) {
      const key = `amd_${++made}/amend`;
      const why = replacement ? ('corrected' as const) : ('revoked' as const);
      const order = {
        key,
        caseId: key,
        registration,
        why,
        limits,
        ...(replacement ? { replacement } : {}),
        ...(childName ? { childName } : {}),
      };
      return { key: `${key}/instead`, ...(await family.amend(order)) };
    },
  };
}

export type FamilyWorld = Awaited<ReturnType<typeof familyWorld>>;
