import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderCard } from '../cards/render';
import type { CardPersonalisation } from '../adapters/card-bureau/port';
import type { GeneratedPerson } from './people';
import { portraitFor } from './portraits';

export interface PrintedFacts {
  readonly serial: string;
  readonly issuedOn: string;
  readonly expiresOn: string;
}

/** Draws the card of one of the demo's cases, as the bureau got it. */
export async function renderDemoCard(
  directory: string,
  person: GeneratedPerson,
  seed: string,
  facts: PrintedFacts,
): Promise<string[]> {
  const card: CardPersonalisation = {
    documentType: person.document.type,
    serial: facts.serial,
    identityNumber: person.identityNumber,
    nameAr: person.name.full.ar,
    nameEn: person.name.full.en,
    sex: person.sex,
    birthDate: person.birthDate,
    birthPlaceAr: person.birthPlace.ar,
    birthPlaceEn: person.birthPlace.en,
    nationality: person.nationality,
    issuedOn: facts.issuedOn,
    expiresOn: facts.expiresOn,
    photo: await portraitFor(seed),
  };
  const { frontPng, backPng, pdf } = await renderCard({ ...card, qr: `tajdid:card:${facts.serial}` });
  await mkdir(directory, { recursive: true });
  const files = { 'card-front.png': frontPng, 'card-back.png': backPng, 'card.pdf': pdf };
  return Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      const path = join(directory, name);
      await writeFile(path, bytes);
      return path;
    }),
  );
}
