import type { ColleagueKnown } from '../../workflows/stages/review-actions';
import type { Ports } from '../step';

/** The look-up `colleague`: what the staff directory knows of whom a case is to be given to. */
export async function colleagueOf(ports: Ports, to: unknown): Promise<ColleagueKnown> {
  return { colleague: typeof to === 'string' ? await ports.staff.find(to) : null };
}
