import type { Overview, OverviewCase, OverviewPage } from '../adapters/operations/overview-port';
import type { Bilingual } from '../domain/refusal';
import type { Instant } from '../domain/time';
import { caseTypeNamed } from '../workflows/case-types';

/** A repair that one person has proposed and another one decides. */
export interface RepairToDecide extends OverviewCase {
  readonly field: string;
  readonly title: Bilingual;
  /** What the case says now; null: nothing. */
  readonly now: string | null;
  readonly value: string;
  readonly by: string;
  readonly at: Instant;
}

/** A page of them by case id, with the case that the next page begins after; null at the end. */
export async function repairsToDecide(
  overview: Pick<Overview, 'proposedRepairs'>,
  page: OverviewPage,
): Promise<{ readonly items: readonly RepairToDecide[]; readonly next: string | null }> {
  const cases = await overview.proposedRepairs(page);
  const items = cases.flatMap(({ file, ...each }): RepairToDecide[] => {
    const { repair } = file;
    if (!repair) return [];
    const { field, value, by, at } = repair;
    const fact = caseTypeNamed(each.type)?.repairable?.[field];
    return [
      {
        ...each,
        field,
        title: fact?.title ?? { ar: field, en: field },
        now: fact?.read(file) ?? null,
        value: String(value),
        by,
        at,
      },
    ];
  });
  return { items, next: cases.length === page.limit ? (cases.at(-1)?.caseId ?? null) : null };
}
