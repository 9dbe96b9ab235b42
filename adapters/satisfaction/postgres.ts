import { OutsideFailure } from '../../domain/failures';
import type { Database } from '../postgres/database';
import type { Satisfaction, SatisfactionAnswer } from './port';

const GIVE = `INSERT INTO satisfaction (case_id, score, comment_ref, client, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id) DO NOTHING`;
const OF = `SELECT case_id AS "caseId", score, comment_ref AS "commentRef", client, at FROM satisfaction WHERE case_id = $1`;

export function createSatisfaction(database: Database): Satisfaction {
  const db = database.from('case');
  const of = async (caseId: string): Promise<SatisfactionAnswer | null> => {
    const [answer] = await db.query<SatisfactionAnswer>({ name: 'satisfaction-of', text: OF, values: [caseId] });
    return answer ?? null;
  };
  return {
    async give({ caseId, score, commentRef, client, at }) {
      await db.query({ name: 'satisfaction-give', text: GIVE, values: [caseId, score, commentRef, client, at] });
      const stands = await of(caseId);
      if (!stands)
        throw new OutsideFailure('defect', 'case', 'satisfaction-not-kept', 'an answer that was kept is not there');
      return stands;
    },
  };
}
